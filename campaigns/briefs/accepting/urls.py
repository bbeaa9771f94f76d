"""Addresses around one person's brief."""

from django.urls import path

from campaigns.briefs.accepting import views

urlpatterns = [
    path("collaborations/<int:pk>/brief/send/", views.brief_send, name="brief-send"),
    path("collaborations/<int:pk>/brief/hand/<int:contact>/", views.brief_hand, name="brief-hand"),
    path("collaborations/<int:pk>/brief/variant/", views.brief_variant, name="brief-variant"),
    path("collaborations/<int:pk>/brief/use/", views.use_ask, name="brief-use-ask"),
    path("collaborations/<int:pk>/brief/use/photo/", views.use_photo, name="brief-use-photo"),
]
