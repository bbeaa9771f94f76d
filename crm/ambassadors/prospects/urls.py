"""Addresses of prospects."""

from django.urls import path

from crm.ambassadors.prospects import views

urlpatterns = [
    path("prospects/", views.prospects, name="ambassador-prospects"),
    path("prospects/note/", views.prospect_note_many, name="ambassador-prospect-many"),
    path("prospects/note/<int:pk>/", views.prospect_note, name="ambassador-prospect-note"),
    path("prospects/<int:pk>/ask/", views.prospect_ask, name="ambassador-prospect-ask"),
    path("prospects/<int:pk>/leave/", views.prospect_drop, name="ambassador-prospect-drop"),
]
