"""Addresses of the influencer's page: the link that leaves in e-mails, and the clean address behind it."""

from django.urls import path

from crm.portal import choices_views, views

urlpatterns = [
    path("p/new/", views.new_link, name="portal-new-link"),
    path("p/choices/<str:token>/", choices_views.door, name="portal-choices-door"),
    path("p/<str:token>/", views.link, name="portal-link"),
    path("my/<int:pk>/", views.page, name="portal-page"),
    path("my/<int:pk>/choices/", choices_views.choices, name="portal-choices"),
    path("my/<int:pk>/language/", views.language, name="portal-language"),
    path("my/<int:pk>/leave/", views.leave, name="portal-leave"),
    path("my/<int:pk>/<slug:feature>/<int:subject_id>/<slug:code>/", views.answer, name="portal-answer"),
]
