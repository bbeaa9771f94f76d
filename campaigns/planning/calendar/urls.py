"""Addresses of the calendar."""

from django.urls import path

from campaigns.planning.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/move/", views.calendar_move, name="calendar-move"),
    path("calendar/undo/", views.calendar_undo, name="calendar-undo"),
]
