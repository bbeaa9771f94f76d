"""Addresses of pasting."""

from django.urls import path

from crm.influencers.pasting import views

urlpatterns = [
    path("people/", views.paste_people, name="paste-people"),
    path("column/", views.paste_column, name="paste-column"),
]
