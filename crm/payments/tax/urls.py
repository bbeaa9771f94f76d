"""Addresses of taxes."""

from django.urls import URLPattern, path

from crm.payments.tax import views

urlpatterns: list[URLPattern] = [path("taxes/calculator/", views.tax_calculator, name="tax-calculator")]
