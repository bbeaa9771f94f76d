"""Addresses of when money becomes due."""

from django.urls import URLPattern, path

from crm.payments.milestones import statement_views, views

urlpatterns: list[URLPattern] = [
    path("contracts/<int:pk>/milestones/", views.milestones, name="contract-milestones"),
    path("contracts/<int:pk>/called-off/", views.called_off, name="contract-kill"),
    path("contracts/<int:pk>/pay-line/<int:line>/", views.sign_off, name="milestone-extra"),
    path("payments/commission/", statement_views.statements, name="commission-statements"),
    path("payments/commission/<int:pk>/", statement_views.statement, name="commission-statement"),
]
