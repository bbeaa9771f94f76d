"""Addresses of arrivals."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
