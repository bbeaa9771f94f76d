"""What the demo's people agreed to and wish, and a colleague's leave next week."""

import datetime as dt

from campaigns.management.demo.people import marked
from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.outbox.topics import Purpose
from crm.preferences.actions import Evidence, agree, take_back, wish
from crm.preferences.models import Consent, ReminderWish
from crm.team.leaves import plan_leave
from crm.team.models import User
from crm.timeline.record import Actor

BY_WHATSAPP = "Boleh Kak, kabarin aja kalau ada campaign baru."


def wish_and_rest(people: list[Influencer], team: dict[str, User], now: dt.datetime) -> None:
    """Every third agreed to news, every fifth to offers by WhatsApp; one took it back, one wants Mondays only."""
    colleague = Actor.user(team["coordinator"])
    contacts = [stands.contact for person in people for stands in person.representations.filter(capacity="self")]
    before = now - dt.timedelta(days=40)
    for number, contact in enumerate(contacts[:30]):
        if number % 3 == 0:
            agree(contact, Purpose.NEWS, at=before, actor=Actor.contact(contact))
        if number % 5 == 0:
            said = Evidence(before - dt.timedelta(days=3), "whatsapp", BY_WHATSAPP)
            agree(contact, Purpose.OFFERS, at=before, actor=colleague, how=said)
    for contact in contacts[3:4]:
        take_back(contact, Purpose.NEWS, at=now - dt.timedelta(days=6), actor=Actor.contact(contact))
    for contact in contacts[6:7]:
        said_by = Actor.contact(contact)
        wish(contact, pace=ReminderWish.Pace.WEEKLY, weekday=0, only_binding=False, at=before, actor=said_by)
    plan_next_leave(team, now)


def plan_next_leave(team: dict[str, User], now: dt.datetime) -> None:
    """The coordinator is away next week, and the manager stands in."""
    user, deputy = team["coordinator"], team["manager"]
    first_on = local_date(now, user.zone) + dt.timedelta(days=8)
    marked(plan_leave(user, deputy, first_on, first_on + dt.timedelta(days=3), by=user, at=now))


def forget_wishes(contacts: list[int]) -> None:
    """What invented people agreed to goes with them."""
    Consent.objects.filter(contact_id__in=contacts).delete()
    Contact.objects.filter(pk__in=contacts).update(news_off_at=None)
