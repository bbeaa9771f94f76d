"""Addresses of the outbox."""

from django.urls import path

from crm.outbox import views

urlpatterns = [
    path("news/off/<str:token>/", views.unsubscribe, name="outbox-unsubscribe"),
]
