"""Addresses of handing in: hers below her visit, where its cookie is sent, and ours."""

from django.urls import path

from campaigns.approvals.handing import her_views, our_views

urlpatterns = [
    path("my/<int:pk>/draft/<int:deliverable>/", her_views.her_draft, name="portal-draft"),
    path("my/<int:pk>/draft/save/<int:deliverable>/", her_views.her_save, name="portal-draft-save"),
    path("my/<int:pk>/draft/files/<int:deliverable>/", her_views.her_files, name="portal-draft-files"),
    path("my/<int:pk>/draft/files/<int:deliverable>/<slug:key>/", her_views.her_file, name="portal-draft-file"),
    path("deliverables/<int:pk>/hand-in/", our_views.hand_in, name="hand-in"),
    path("deliverables/<int:pk>/hand-in/save/", our_views.hand_in_save, name="hand-in-save"),
    path("deliverables/<int:pk>/hand-in/files/", our_views.hand_in_files, name="hand-in-files"),
    path("deliverables/<int:pk>/hand-in/files/<slug:key>/", our_views.hand_in_file, name="hand-in-file"),
    path("reviews/files/<int:pk>/", our_views.review_file, name="review-file"),
]
