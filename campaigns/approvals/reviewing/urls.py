"""Addresses of the queue, of one version and of its notes."""

from django.urls import path

from campaigns.approvals.reviewing.views import page, queue

urlpatterns = [
    path("reviews/", queue.reviews, name="reviews"),
    path("reviews/<int:pk>/", page.review, name="review"),
]
