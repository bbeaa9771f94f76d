"""Addresses of copies of everything."""

from django.urls import path

from crm.archive.everything import views

urlpatterns = [
    path("settings/everything/", views.everything, name="everything"),
    path("settings/everything/start/", views.start, name="everything-start"),
    path("settings/everything/<int:pk>/", views.progress, name="everything-progress"),
    path("settings/everything/<int:pk>/file/", views.fetch, name="everything-file"),
]
