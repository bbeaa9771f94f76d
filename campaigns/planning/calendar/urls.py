"""Addresses of the calendar."""

from django.urls import path

from campaigns.planning.calendar import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/move/", views.calendar_move, name="calendar-move"),
    path("calendar/address/campaigns/<int:pk>/", views.campaign_feed, name="campaign-feed"),
    path("calendar/undo/", views.calendar_undo, name="calendar-undo"),
]
