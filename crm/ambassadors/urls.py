"""Addresses of ambassador deals, folder by folder."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("ambassadors/", include("crm.ambassadors.schedule.urls")),
    path("ambassadors/", include("crm.ambassadors.programs.urls")),
    path("ambassadors/", include("crm.ambassadors.making.urls")),
    path("ambassadors/", include("crm.ambassadors.reviewing.urls")),
    path("ambassadors/", include("crm.ambassadors.changing.urls")),
    path("ambassadors/", include("crm.ambassadors.many.urls")),
    path("ambassadors/", include("crm.ambassadors.lists.urls")),
    path("ambassadors/", include("crm.ambassadors.risks.urls")),
    path("ambassadors/", include("crm.ambassadors.showing.urls")),
    path("ambassadors/", include("crm.ambassadors.prospects.urls")),
    path("ambassadors/", include("crm.ambassadors.quotas.urls")),
    path("ambassadors/", include("crm.ambassadors.pay.urls")),
    path("", include("crm.ambassadors.hers.urls")),
]
