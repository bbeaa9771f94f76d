"""Addresses of finance's page."""

from django.urls import URLPattern, path

from crm.payments.homes import views

urlpatterns: list[URLPattern] = [
    path("money/", views.finance, name="finance"),
    path("money/year/", views.finance_year, name="finance-year"),
    path("money/taxes/<str:month>.<str:kind>", views.finance_taxes, name="finance-taxes"),
]
