"""Addresses of results: numbers, orders, costs and reports."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("campaigns.results.costs.urls")),
    path("", include("campaigns.results.files.urls")),
    path("", include("campaigns.results.numbers.urls")),
    path("", include("campaigns.results.orders.urls")),
    path("", include("campaigns.results.reports.urls")),
    path("", include("campaigns.results.sharing.urls")),
    path("", include("campaigns.results.papers.urls")),
    path("", include("campaigns.results.homes.urls")),
    path("", include("campaigns.results.people.urls")),
]
