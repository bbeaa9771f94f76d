"""Many reminders that are due now: people, a live campaign, a draft of each that is due in three days."""

import datetime as dt

from django.utils import timezone

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation
from crm.brands.models import Brand, BrandOwner
from crm.influencers.models import Format, Influencer, Representation
from crm.outbox.models import Contact
from crm.reminders.models import RuleStep
from crm.team.models import Role, User

ZONE = "UTC"
AT_ONCE = 1000


def fill(reminders: int) -> None:
    """So many drafts whose first reminder is due, and nothing else that is."""
    open_all_hours()
    now = timezone.now()
    owner = User.objects.create_user("owner@mitra.example", name="Dinda Ayuningrum", role=Role.OWNER, zone=ZONE)
    brand = Brand.objects.create(owner=BrandOwner.objects.create(name="Lumi House"), name="Lumi Skincare", zone=ZONE)
    campaign = Campaign.objects.create(
        brand=brand, name="Glow Up", owner=owner, zone=ZONE, status=Campaign.Status.LIVE,
        start_on=now.date() - dt.timedelta(days=30), end_on=now.date() + dt.timedelta(days=90),
    )  # fmt: skip
    form = Format.objects.get(platform__code="instagram", code="reel")
    for first in range(0, reminders, AT_ONCE):
        people(range(first, min(first + AT_ONCE, reminders)), campaign, form, now)


def open_all_hours() -> None:
    """No quiet hours, no weekends: everything due leaves at once."""
    Organisation.load()
    midnight = dt.time(0)
    Organisation.objects.update(quiet_from=midnight, quiet_until=midnight, remind_at=midnight, zone=ZONE)
    RuleStep.objects.update(moves_for_days_off=False)


def people(numbers: range, campaign: Campaign, form: Format, now: dt.datetime) -> None:
    """One person, her contact and one draft for each number."""
    names = [f"Kirana {number}" for number in numbers]
    her = Influencer.objects.bulk_create([Influencer(stage_name=name, zone=ZONE) for name in names])
    contacts = Contact.objects.bulk_create(
        [Contact(name=name, email=f"kirana{number}@contoh.example", language="en", zone=ZONE)
         for number, name in zip(numbers, names, strict=True)]
    )  # fmt: skip
    pairs = zip(her, contacts, strict=True)
    Representation.objects.bulk_create([Representation(influencer=one, contact=contact) for one, contact in pairs])
    cards = Collaboration.objects.bulk_create(
        [Collaboration(campaign=campaign, influencer=one, status=Collaboration.Status.MAKING) for one in her]
    )
    made = Deliverable.objects.bulk_create(
        [
            Deliverable(
                collaboration=card, format=form, zone=ZONE, draft_due_on=now.date() + dt.timedelta(days=3),
                post_due_on=now.date() + dt.timedelta(days=40),
            )
            for card in cards
        ]
    )  # fmt: skip
    long_ago = now - dt.timedelta(days=20)
    ids = [one.pk for one in made]
    for start in range(0, len(ids), 500):
        Deliverable.objects.filter(pk__in=ids[start : start + 500]).update(created_at=long_ago)
