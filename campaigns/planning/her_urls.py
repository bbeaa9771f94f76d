"""Addresses of her own pages about campaigns: below the address of her visit, where its cookie is sent."""

from django.urls import path

from campaigns.planning.views import her_page

urlpatterns = [
    path("my/<int:pk>/campaign/<int:card>/", her_page.her_campaign, name="portal-campaign"),
]
