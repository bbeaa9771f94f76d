"""Addresses under the outbox that reminders answer."""

from django.urls import path

from crm.reminders import outbox_views

urlpatterns = [
    path("outbox/planned/", outbox_views.planned, name="outbox-planned"),
    path("outbox/why/", outbox_views.why, name="outbox-why"),
]
