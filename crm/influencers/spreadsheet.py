"""People as a table for a spreadsheet; how to reach them only for those who may know."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from crm.base.csv_out import Row, csv_response, xlsx_response
from crm.base.zones import local_date
from crm.influencers.models import Influencer, Representation
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.vocabulary import Vocabulary
from crm.team.models import User


class Person(NamedTuple):
    """One row as it is read; the last three stay empty for those who may not know them."""

    pk: int
    stage_name: str
    legal_name: str
    main_platform_id: int | None
    main_handle: str
    followers: int | None
    tier_code: str
    main_niche_id: int | None
    city: str
    country: str
    stage: str
    owner_id: int | None
    do_not_contact_at: dt.datetime | None
    do_not_contact_until: dt.date | None
    created_at: dt.datetime
    contact_email: str | None = None
    contact_phone: Any = None
    contact_whatsapp: Any = None

    def is_barred_on(self, on: dt.date) -> bool:
        return self.do_not_contact_at is not None and (
            self.do_not_contact_until is None or self.do_not_contact_until >= on
        )


REACH = 3
MOST_XLSX = 20_000


def as_spreadsheet(
    rows: InfluencerQuerySet, kind: str, words: Vocabulary, *, user: User, now: dt.datetime
) -> HttpResponseBase:
    """The answer with the file: `csv` is written while it is read, `xlsx` at once."""
    knows_contacts = user.has_perm("crm.view_contact")
    columns = Person._fields if knows_contacts else Person._fields[:-REACH]
    found = (_with_contact(rows) if knows_contacts else rows).newest_first().values_list(*columns)
    name = _("people %(day)s") % {"day": local_date(now, user.zone).isoformat()}
    header = _header(knows_contacts)
    lines = _lines(found.iterator(chunk_size=2_000), words, now.date(), knows_contacts=knows_contacts)
    if kind == "xlsx":
        return xlsx_response(f"{name}.xlsx", header, lines, zone=user.zone)
    return csv_response(f"{name}.csv", header, lines, zone=user.zone)


def _with_contact(rows: InfluencerQuerySet) -> InfluencerQuerySet:
    own = Representation.objects.filter(influencer=OuterRef("pk"), capacity=Representation.Capacity.SELF)
    return rows.annotate(
        contact_email=Subquery(own.values("contact__email")[:1]),
        contact_phone=Subquery(own.values("contact__phone")[:1]),
        contact_whatsapp=Subquery(own.values("contact__whatsapp")[:1]),
    )


def _header(knows_contacts: bool) -> Row:
    header = [
        *(_("Number"), _("Stage name"), _("Legal name"), _("Platform"), _("Handle"), _("Followers"), _("Tier")),
        *(_("Niche"), _("City"), _("Country"), _("Stage"), _("Owner"), _("May be contacted"), _("Added")),
    ]
    return [*header, _("E-mail"), _("Phone"), _("WhatsApp")] if knows_contacts else header


def _lines(
    found: Iterator[tuple[Any, ...]], words: Vocabulary, today: dt.date, *, knows_contacts: bool
) -> Iterator[Row]:
    yes, no = _("yes"), _("no")
    stages = {str(stage.value): str(stage.label) for stage in Influencer.Stage}
    platforms = {pk: word.name for pk, word in words.platforms.items()}
    for row in found:
        person = Person._make((*row, *(None,) * (len(Person._fields) - len(row))))
        reach = (person.contact_email, person.contact_phone, person.contact_whatsapp) if knows_contacts else ()
        yield [
            person.pk,
            person.stage_name,
            person.legal_name,
            platforms.get(person.main_platform_id or 0, ""),
            person.main_handle,
            person.followers,
            words.tiers.get(person.tier_code, person.tier_code),
            words.niches.get(person.main_niche_id or 0, ""),
            person.city,
            str(person.country or ""),
            stages.get(person.stage, person.stage),
            words.owners.get(person.owner_id or 0, ""),
            no if person.is_barred_on(today) else yes,
            person.created_at,
            *(str(value or "") for value in reach),
        ]
