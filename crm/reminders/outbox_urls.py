"""Addresses under the outbox that reminders answer."""

from django.urls import path

from crm.reminders import outbox_views, rule_views

urlpatterns = [
    path("outbox/planned/", outbox_views.planned, name="outbox-planned"),
    path("outbox/rules/", rule_views.rules, name="outbox-rules"),
    path("outbox/rules/<int:pk>/", rule_views.rule_page, name="reminder-rule"),
    path("outbox/rules/<int:pk>/switch/", rule_views.switch, name="reminder-rule-switch"),
    path("outbox/why/", outbox_views.why, name="outbox-why"),
]
