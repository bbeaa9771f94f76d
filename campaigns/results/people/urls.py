"""Addresses of the reports of people and of deals."""

from django.urls import path

from campaigns.results.people import views

urlpatterns = [
    path("people/<int:pk>/results/", views.of_person, name="person-report"),
    path("ambassadors/<int:pk>/results/", views.of_deal, name="deal-report"),
]
