"""Addresses of returns, loans and gifts."""

from django.urls import path

from campaigns.samples.after import list_views, views

urlpatterns = [
    path("gifts/", list_views.gifts, name="sample-gifts"),
    path("gifts/export/", list_views.gifts_export, name="sample-gifts-export"),
    path("campaigns/<int:pk>/export/", list_views.campaign_export, name="campaign-samples-export"),
    path("returns/<int:pk>/<slug:code>/", views.return_step, name="return-step"),
    path("<int:pk>/outcome/", views.gift_outcome, name="gift-outcome"),
    path("<int:pk>/touch/", views.gift_touch, name="gift-touch"),
]
