"""Addresses of events."""

from django.urls import path

from campaigns.events import views

urlpatterns = [
    path("events/", views.events, name="events"),
    path("events/new/", views.event_new, name="event-new"),
    path("events/<int:pk>/", views.event, name="event"),
    path("events/<int:pk>/edit/", views.event_edit, name="event-edit"),
    path("events/<int:pk>/move/", views.event_move, name="event-move"),
    path("events/<int:pk>/cancel/", views.event_cancel, name="event-cancel"),
    path("events/<int:pk>/again/", views.event_again, name="event-again"),
    path("events/<int:pk>/guests/", views.guests_add, name="event-guests"),
    path("events/<int:pk>/invite/", views.event_invite, name="event-invite"),
    path("events/<int:pk>/attendance/", views.attendance, name="event-attendance"),
    path("events/<int:pk>/guests.csv", views.guests_csv, name="event-guests-csv"),
    path("campaigns/<int:pk>/events/", views.campaign_events, name="campaign-events"),
]
