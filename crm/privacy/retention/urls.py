"""Addresses of how long what is kept."""

from django.urls import path

from crm.privacy.retention import views

urlpatterns = [
    path("", views.retention, name="privacy-retention"),
    path("<slug:key>/", views.retention_rule, name="privacy-retention-rule"),
]
