"""Addresses of money: who is paid, what is due, what leaves, and the papers about it."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
