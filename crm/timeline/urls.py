"""Addresses of the audit and of stories."""

from django.urls import path

from crm.timeline import views

urlpatterns = [
    path("audit/", views.audit_list, name="audit"),
    path("audit/export.csv", views.audit_csv, name="audit-csv"),
    path("timeline/person/<int:pk>/", views.person_story, name="story"),
    path("timeline/<int:pk>/file/", views.entry_file, name="entry-file"),
]
