"""Addresses of what is asked for."""

from django.urls import path

from campaigns.samples.asking import views

urlpatterns = [
    path("<int:pk>/", views.sample, name="sample"),
]
