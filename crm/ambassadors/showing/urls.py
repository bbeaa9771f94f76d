"""Addresses of the page of a deal, and of hers."""

from django.urls import URLPattern, path

from crm.ambassadors.showing import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/", views.deal, name="ambassador-deal"),
    path("<int:pk>/posts/", views.panels, name="ambassador-panels"),
    path("<int:pk>/binds/", views.binds, name="ambassador-binds"),
]
