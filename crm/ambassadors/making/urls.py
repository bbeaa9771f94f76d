"""Addresses of making a deal."""

from django.urls import URLPattern, path

from crm.ambassadors.making import views

urlpatterns: list[URLPattern] = [
    path("new/", views.deal_new, name="ambassador-new"),
    path("<int:pk>/edit/", views.deal_edit, name="ambassador-edit"),
]
