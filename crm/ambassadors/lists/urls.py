"""Addresses of the lists of deals."""

from django.urls import path

from crm.ambassadors.lists import views

urlpatterns = [
    path("", views.ambassadors, name="ambassadors"),
    path("filter/", views.ambassadors_filter, name="ambassadors-filter"),
    path("sheet/<slug:kind>/", views.ambassadors_sheet, name="ambassadors-sheet"),
]
