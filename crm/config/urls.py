"""The wiring of addresses: the only place in crm that names campaigns."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

handler500 = "crm.watch.views.broke"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("crm.watch.urls")),
    path("", include("crm.base.urls")),
    path("", include("crm.portal.urls")),
    path("", include("crm.reminders.today_urls")),
    path("", include("crm.brands.urls")),
    path("", include("crm.influencers.told_me")),
    path("", include("crm.influencers.urls")),
    path("people/imports/other/", include("crm.intake.urls")),
    path("people/imports/", include("crm.influencers.imports.urls")),
    path("", include("crm.contracts.urls")),
    path("", include("crm.payments.urls")),
    path("", include("crm.ambassadors.urls")),
    path("", include("crm.exclusivity.urls")),
    path("", include("crm.privacy.urls")),
    path("", include("crm.vetting.urls")),
    path("outbox/received/", include("crm.inbox.urls")),
    path("", include("crm.messages.urls")),
    path("", include("crm.reminders.outbox_urls")),
    path("", include("crm.preferences.urls")),
    path("", include("crm.outbox.urls")),
    path("", include("crm.archive.urls")),
    path("", include("crm.team.urls")),
    path("", include("crm.timeline.urls")),
    path("", include("campaigns.tracking.urls")),
    path("", include("campaigns.events.urls")),
    path("campaigns/", include("campaigns.briefs.accepting.urls")),
    path("campaigns/", include("campaigns.planning.urls")),
    path("", include("campaigns.planning.calendar.urls")),
    path("campaigns/", include("campaigns.shortlist.urls")),
    path("campaigns/", include("campaigns.briefs.urls")),
    path("campaigns/", include("campaigns.offers.urls")),
    path("samples/", include("campaigns.samples.urls")),
    path("", include("campaigns.approvals.urls")),
    path("", include("campaigns.results.urls")),
    path("", include("campaigns.planning.her_urls")),
    path("", include("campaigns.shortlist.votes_urls")),
    path("admin/", admin.site.urls),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("crm.config.serving.urls")))
