"""Addresses of the queue, of one version and of its notes."""

from django.urls import path

from campaigns.approvals.reviewing.views import notes, page, queue

urlpatterns = [
    path("reviews/", queue.reviews, name="reviews"),
    path("reviews/approve/", queue.reviews_approve, name="reviews-approve"),
    path("reviews/<int:pk>/", page.review, name="review"),
    path("reviews/<int:pk>/note/", notes.review_note, name="review-note"),
    path("reviews/<int:pk>/solved/", notes.review_solve_all, name="review-solve-all"),
    path("reviews/notes/<int:pk>/", notes.review_note_edit, name="review-note-edit"),
    path("reviews/notes/<int:pk>/remove/", notes.review_note_remove, name="review-note-remove"),
    path("reviews/notes/<int:pk>/cite/", notes.review_note_cite, name="review-note-cite"),
    path("reviews/notes/<int:pk>/solve/", notes.review_note_solve, name="review-note-solve"),
]
