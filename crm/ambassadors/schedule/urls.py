"""Addresses of the pauses of a deal."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
