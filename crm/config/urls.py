"""The wiring of addresses: the only place in crm that names campaigns."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("crm.base.urls")),
    path("", include("crm.portal.urls")),
    path("", include("crm.reminders.today_urls")),
    path("", include("crm.influencers.told_me")),
    path("", include("crm.outbox.urls")),
    path("", include("crm.team.urls")),
    path("admin/", admin.site.urls),
]
