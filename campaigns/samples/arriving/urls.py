"""Addresses of arrivals."""

from django.urls import path

from campaigns.samples.arriving import views

urlpatterns = [
    path("parcels/<int:pk>/ends/<slug:how>/", views.parcel_ends, name="parcel-ends"),
    path("<int:pk>/enough/", views.sample_enough, name="sample-enough"),
]
