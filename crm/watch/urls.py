"""Addresses machines ask: does it answer, and can people work."""

from django.urls import path

from crm.watch import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
