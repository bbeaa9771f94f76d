"""Addresses of received mail, beside the outbox's own."""

from django.urls import path

from crm.inbox import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.mail, name="inbox-mail"),
    path("<int:pk>/about/", views.about, name="inbox-about"),
    path("<int:pk>/note/", views.note, name="inbox-note"),
    path("<int:pk>/set-aside/", views.set_aside, name="inbox-set-aside"),
    path("<int:pk>/take-back/", views.take_back, name="inbox-take-back"),
    path("<int:pk>/go-on/", views.release, name="inbox-release"),
    path("<int:pk>/wait/", views.prolong, name="inbox-prolong"),
    path("<int:pk>/files/<int:file_pk>/", views.file, name="inbox-file"),
    path("<int:pk>/source/", views.source, name="inbox-source"),
]
