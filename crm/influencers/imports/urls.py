"""Addresses of imports."""

from django.urls import path

from crm.influencers.imports import views
from crm.influencers.imports.taking_back import views as taking_back

urlpatterns = [
    path("", views.runs, name="imports"),
    path("new/", views.upload, name="import-new"),
    path("<int:pk>/", views.run, name="import-run"),
    path("<int:pk>/columns/", views.columns, name="import-columns"),
    path("<int:pk>/columns/forget/", views.forget, name="import-forget"),
    path("<int:pk>/sheet/", views.sheet, name="import-sheet"),
    path("<int:pk>/progress/", views.progress, name="import-progress"),
    path("<int:pk>/confirm/", views.confirm, name="import-confirm"),
    path("<int:pk>/continue/", views.go_on, name="import-continue"),
    path("<int:pk>/discard/", views.discard, name="import-discard"),
    path("<int:pk>/rows/<int:line>/person/", views.person, name="import-person"),
    path("<int:pk>/undo/", taking_back.undo, name="import-undo"),
    path("<int:pk>/kept.csv", taking_back.kept, name="import-kept"),
    path("<int:pk>/trouble.csv", views.trouble, name="import-trouble"),
]
