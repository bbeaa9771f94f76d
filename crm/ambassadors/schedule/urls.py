"""Addresses of the pauses of a deal."""

from django.urls import path

from crm.ambassadors.schedule import views

urlpatterns = [
    path("<int:pk>/pause/", views.ambassador_pause, name="ambassador-pause"),
    path("<int:pk>/resume/", views.ambassador_resume, name="ambassador-resume"),
]
