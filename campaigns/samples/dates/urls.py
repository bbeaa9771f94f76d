"""Addresses of dates that follow a parcel."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
