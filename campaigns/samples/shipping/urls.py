"""Addresses of parcels."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
