"""Addresses of what is online."""

from django.urls import path

from campaigns.approvals.publishing import views

urlpatterns = [
    path("posts/<int:pk>/", views.live_post, name="live-post"),
    path("posts/<int:pk>/look/", views.live_post_look, name="live-post-look"),
    path("posts/<int:pk>/screenshot/", views.proof_add, name="live-post-proof-add"),
    path("posts/<int:pk>/screenshots/<int:file>/", views.proof, name="live-post-proof"),
    path("posts/checks/<int:pk>/", views.live_check, name="live-check"),
    path("deviations/", views.deviations, name="deviations"),
    path("deviations/<int:pk>/<slug:code>/", views.deviation_step, name="deviation-step"),
    path("deliverables/<int:pk>/replies/", views.replies, name="deliverable-replies"),
]
