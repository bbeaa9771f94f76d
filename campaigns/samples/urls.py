"""Addresses of samples: one file for each part of the room."""

from django.urls import include, path

urlpatterns = [
    path("", include("campaigns.samples.shipping.urls")),
    path("", include("campaigns.samples.asking.urls")),
    path("", include("campaigns.samples.stock.urls")),
    path("", include("campaigns.samples.arriving.urls")),
    path("", include("campaigns.samples.after.urls")),
    path("", include("campaigns.samples.dates.urls")),
]
