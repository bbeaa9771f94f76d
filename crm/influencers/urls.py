"""Addresses of the people pages."""

from django.urls import include, path, re_path

from crm.influencers.views import (
    accounts,
    audience,
    bulk,
    cells,
    contacts,
    details,
    facts,
    listing,
    people,
    saved_views,
)
from crm.influencers.views.editing import follow_merges

one = [
    path("", people.person, name="person"),
    path("details/", people.person_details, name="person-details"),
    path("panels/", people.person_panels, name="person-panels"),
    path("edit/", people.person_edit, name="person-edit"),
    re_path(r"^cell/(?P<cell>stage|owner|city|main_niche)/$", cells.person_cell, name="person-cell"),
    path("archive/", people.person_archive, name="person-archive"),
    path("restore/", people.person_restore, name="person-restore"),
    path("do-not-contact/", people.person_bar, name="person-bar"),
    path("may-contact/", people.person_lift, name="person-lift"),
    path("accounts/new/", accounts.account_new, name="account-new"),
    path("accounts/<int:account>/", accounts.account_edit, name="account-edit"),
    path("accounts/<int:account>/remove/", accounts.account_remove, name="account-remove"),
    path("accounts/<int:account>/numbers/", accounts.snapshot_new, name="snapshot-new"),
    path("numbers/<int:snapshot>/withdraw/", accounts.snapshot_withdraw, name="snapshot-withdraw"),
    path("audience/new/", audience.audience_new, name="audience-new"),
    path("audience/<int:audience>/", audience.audience_edit, name="audience-edit"),
    path("audience/<int:audience>/remove/", audience.audience_remove, name="audience-remove"),
    path("replies/new/", audience.reply_count_new, name="reply-count-new"),
    path("replies/<int:count>/remove/", audience.reply_count_remove, name="reply-count-remove"),
    path("tags/", facts.person_tags, name="person-tags"),
    path("tags/<int:tag>/take/", facts.tag_take, name="tag-take"),
    path("files/new/", facts.attachment_new, name="attachment-new"),
    path("files/<int:attachment>/", facts.attachment, name="attachment"),
    path("files/<int:attachment>/remove/", facts.attachment_remove, name="attachment-remove"),
    path("notes/<int:note>/pin/", facts.note_pin, name="note-pin"),
    path("contacts/new/", contacts.contact_new, name="contact-new"),
    path("contacts/link/", contacts.contact_link, name="contact-link"),
    path("contacts/agents/", contacts.agent_choices, name="agent-choices"),
    path("contacts/<int:stands>/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:stands>/remove/", contacts.contact_remove, name="contact-remove"),
    path("addresses/new/", details.address_new, name="address-new"),
    path("addresses/<int:detail>/", details.address_edit, name="address-edit"),
    path("prices/new/", details.rate_new, name="rate-new"),
    path("prices/<int:detail>/", details.rate_edit, name="rate-edit"),
    path("notes/new/", details.note_new, name="note-new"),
    path("notes/<int:detail>/", details.note_edit, name="note-edit"),
    path("days-off/new/", details.day_off_new, name="day-off-new"),
    re_path(
        r"^(?P<kind>addresses|prices|notes|days-off)/(?P<detail>[0-9]{1,18})/remove/$",
        details.detail_remove,
        name="detail-remove",
    ),
]

for address in one:
    address.callback = follow_merges(address.callback)

urlpatterns = [
    path("people/", listing.people, name="people"),
    path("people/filter/", listing.people_filter, name="people-filter"),
    path("people/bulk/", bulk.people_bulk, name="people-bulk"),
    path("people/paste/", include("crm.influencers.pasting.urls")),
    path("people/runs/", include("crm.influencers.bulk_runs.urls")),
    path("people/views/", saved_views.views, name="people-views"),
    path("people/views/new/", saved_views.view_save, name="people-view-save"),
    path("people/views/<int:pk>/", saved_views.view_change, name="people-view-change"),
    path("people/views/<int:pk>/filter/", saved_views.view_filter, name="people-view-filter"),
    path("people/views/<int:pk>/move/", saved_views.view_move, name="people-view-move"),
    path("people/views/<int:pk>/forget/", saved_views.view_forget, name="people-view-forget"),
    path("people/choices/", listing.people_choices, name="people-choices"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/<int:pk>/", include(one)),
    path("people/", include("crm.influencers.merging.urls")),
]
