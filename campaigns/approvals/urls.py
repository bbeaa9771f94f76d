"""Addresses of content approvals: one file for each part of the room."""

from django.urls import include, path

urlpatterns = [
    path("", include("campaigns.approvals.deciding.urls")),
    path("", include("campaigns.approvals.checking.urls")),
    path("", include("campaigns.approvals.guests.urls")),
    path("", include("campaigns.approvals.handing.urls")),
    path("", include("campaigns.approvals.reviewing.urls")),
    path("", include("campaigns.approvals.publishing.urls")),
]
