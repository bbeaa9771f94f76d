"""Addresses of decisions."""

from django.urls import path

from campaigns.approvals.deciding import views

urlpatterns = [
    path("reviews/<int:pk>/decide/", views.review_decide, name="review-decide"),
    path("reviews/<int:pk>/withdraw/", views.review_withdraw, name="review-withdraw"),
]
