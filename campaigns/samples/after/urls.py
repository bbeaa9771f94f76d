"""Addresses of returns, loans and gifts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
