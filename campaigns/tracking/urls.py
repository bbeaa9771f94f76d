"""Addresses of codes and links; the short one that people click stands apart."""

from django.urls import path

from campaigns.tracking import views

urlpatterns = [
    path("campaigns/<int:pk>/codes/", views.campaign_codes, name="campaign-codes"),
    path("campaigns/<int:pk>/codes/pattern/", views.code_pattern, name="code-pattern"),
    path("campaigns/collaborations/<int:pk>/code/", views.code_new, name="code-new"),
    path("campaigns/codes/<int:pk>/retire/", views.code_retire, name="code-retire"),
    path("campaigns/deliverables/<int:pk>/link/", views.link_edit, name="tracked-link-edit"),
    path("campaigns/links/<int:pk>/close/", views.link_close, name="tracked-link-close"),
    path("campaigns/links/<int:pk>/open/", views.link_open, name="tracked-link-open"),
    path("l/<str:slug>/", views.follow, name="tracked-link"),
]
