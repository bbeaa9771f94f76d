"""Addresses of the influencer's page: the link that leaves in e-mails, and the clean address behind it."""

from django.urls import path

from crm.portal import views

urlpatterns = [
    path("p/new/", views.new_link, name="portal-new-link"),
    path("p/<str:token>/", views.link, name="portal-link"),
    path("my/<int:pk>/", views.page, name="portal-page"),
    path("my/<int:pk>/language/", views.language, name="portal-language"),
    path("my/<int:pk>/leave/", views.leave, name="portal-leave"),
    path("my/<int:pk>/<slug:feature>/<int:subject_id>/<slug:code>/", views.answer, name="portal-answer"),
]
