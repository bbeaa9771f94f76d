"""The address of the manager's page."""

from django.urls import path

from campaigns.results.homes import views

urlpatterns = [path("overview/", views.manager_home, name="manager-home")]
