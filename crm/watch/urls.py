"""Addresses machines ask: does it answer, and can people work."""

from django.urls import path

from crm.watch import views
from crm.watch.metrics.views import metrics
from crm.watch.status.views import status, status_json

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("status", status, name="status"),
    path("status.json", status_json, name="status-json"),
]
