"""Addresses of a campaign's report."""

from django.urls import path

from campaigns.results.reports import views

urlpatterns = [
    path("campaigns/<int:pk>/results/", views.campaign_report, name="campaign-report"),
    path("campaigns/<int:pk>/results/tiers/", views.campaign_tiers, name="campaign-tiers"),
    path("campaigns/<int:pk>/results/settings/", views.report_settings, name="report-settings"),
]
