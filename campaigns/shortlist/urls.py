"""Addresses of choosing people: the ranked shortlist, what counts in it, and the comparison."""

from django.urls import path

from campaigns.shortlist import fit_views

urlpatterns = [
    path("<int:pk>/shortlist/", fit_views.campaign_shortlist, name="campaign-shortlist"),
    path("<int:pk>/shortlist/weights/", fit_views.campaign_fit_weights, name="campaign-fit-weights"),
    path("<int:pk>/shortlist/weights/house/", fit_views.campaign_fit_house, name="campaign-fit-house"),
    path("<int:pk>/shortlist/compare/", fit_views.campaign_versus, name="campaign-versus"),
    path("<int:pk>/shortlist/file.<str:kind>", fit_views.campaign_shortlist_file, name="campaign-shortlist-file"),
]
