"""Addresses of work on many people."""

from django.urls import path

from crm.influencers.bulk_runs import views

urlpatterns = [
    path("", views.runs, name="bulk-runs"),
    path("<int:pk>/", views.run, name="bulk-run"),
    path("<int:pk>/progress/", views.progress, name="bulk-run-progress"),
    path("<int:pk>/continue/", views.go_on, name="bulk-run-continue"),
    path("<int:pk>/discard/", views.discard, name="bulk-run-discard"),
    path("<int:pk>/undo/", views.undo, name="bulk-run-undo"),
    path("<int:pk>/result.csv", views.result, name="bulk-run-result"),
]
