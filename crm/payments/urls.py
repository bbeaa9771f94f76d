"""Addresses of money: who is paid, what is due, what leaves, and the papers about it."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("crm.payments.tax.urls")),
    path("", include("crm.payments.payees.urls")),
    path("", include("crm.payments.homes.urls")),
    path("", include("crm.payments.milestones.urls")),
    path("", include("crm.payments.paying.urls")),
    path("", include("crm.payments.papers.urls")),
]
