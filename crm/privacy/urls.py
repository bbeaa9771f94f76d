"""Addresses about privacy: what people ask, what they agreed to, how long what is kept, what went wrong."""

from django.urls import include, path

urlpatterns = [
    path("privacy/retention/", include("crm.privacy.retention.urls")),
    path("privacy/incidents/", include("crm.privacy.incidents.urls")),
]
