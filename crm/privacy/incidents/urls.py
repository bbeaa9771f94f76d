"""Addresses of data incidents."""

from django.urls import path

from crm.privacy.incidents import people_views, views

urlpatterns = [
    path("", views.incidents, name="privacy-incidents"),
    path("new/", views.incident_new, name="privacy-incident-new"),
    path("<int:pk>/", views.incident, name="privacy-incident"),
    path("<int:pk>/edit/", views.incident_edit, name="privacy-incident-edit"),
    path("<int:pk>/authority/", views.incident_authority, name="privacy-incident-authority"),
    path("<int:pk>/close/", views.incident_close, name="privacy-incident-close"),
    path("<int:pk>/people/", people_views.incident_people, name="privacy-incident-people"),
    path("<int:pk>/tell/", people_views.incident_tell, name="privacy-incident-tell"),
    path("<int:pk>/people/<int:row>/told/", people_views.incident_told, name="privacy-incident-told"),
]
