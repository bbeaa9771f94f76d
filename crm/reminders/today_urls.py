"""Addresses of the home page and its tasks."""

from django.urls import path

from crm.reminders import feed_views
from crm.reminders import today_views as views
from crm.reminders.by_hand_views import by_hand

urlpatterns = [
    path("", views.today_page, name="today"),
    path("calendar/address/", feed_views.calendar_feed, name="calendar-feed"),
    path("calendar/<slug:token>.ics", feed_views.calendar_ics, name="calendar-ics"),
    path("tasks/new/", views.todo_new, name="todo-new"),
    path("tasks/by-hand/<int:pk>/", by_hand, name="by-hand"),
    path("tasks/<int:pk>/", views.todo, name="todo"),
    path("tasks/<int:pk>/done/", views.todo_done, name="todo-done"),
    path("tasks/<int:pk>/reopen/", views.todo_reopen, name="todo-reopen"),
]
