"""Addresses of reports to take along."""

from django.urls import path

from campaigns.results.papers import views

urlpatterns = [
    path("campaigns/<int:pk>/report/pdf/", views.report_pdf, name="report-pdf"),
    path("campaigns/<int:pk>/report/xlsx/", views.report_xlsx, name="report-xlsx"),
]
