"""Addresses of the checks."""

from django.urls import path

from campaigns.approvals.checking import views

urlpatterns = [
    path("checks/", views.caption_checks, name="caption-checks"),
    path("checks/<int:pk>/waive/", views.check_waive, name="check-waive"),
    path("reviews/<int:pk>/checks/", views.check_again, name="check-again"),
    path("reviews/<int:pk>/seen/", views.check_tick, name="check-tick"),
]
