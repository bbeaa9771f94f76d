"""The default rules and the engine's rules as tables: who hears what, when, by which way, and what ends it."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.planning.models import Collaboration, Deliverable
from crm.base.models import StoredFile
from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule, Todo
from crm.reminders.plan import plan
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.crm.reminders.test_rules import MONDAY, card, make, manager
from tests.factories import ContactFactory, FormatFactory

__all__ = ["card", "manager"]  # fixtures

pytestmark = pytest.mark.django_db
FRIDAY = dt.date(2026, 11, 27)
HER, COORDINATOR, MANAGER = "influencer", "coordinator", "manager"
HOUR = dt.timedelta(hours=1)

RULES: dict[str, tuple[str, str, list[tuple[int, str, str, str, bool]]]] = {
    "DRAFT": ("deliverable.draft", "the draft arrives", [
        (-3, "days", HER, "draft_due", True),
        (-1, "days", HER, "draft_due", True),
        (0, "days", HER, "draft_due", True),
        (1, "days", HER, "draft_late", True),
        (2, "days", COORDINATOR, "escalation", True),
        (5, "days", MANAGER, "escalation", True),
    ]),
    "POST": ("deliverable.post", "it is posted", [
        (-3, "days", HER, "post_soon", True),
        (-1, "days", HER, "post_soon", True),
        (0, "days", HER, "post_today", False),
        (1, "days", COORDINATOR, "escalation", True),
        (1, "days", HER, "post_late", True),
        (3, "days", MANAGER, "escalation", True),
    ]),
    "PROOF": ("deliverable.proof", "the screenshot arrives", [
        (-18, "hours", HER, "story_proof", False),
        (-4, "hours", HER, "story_proof", False),
        (-3, "hours", COORDINATOR, "escalation", False),
    ]),
    "LINK": ("deliverable.link", "the address is stored", [
        (1, "days", HER, "link_missing", True),
        (2, "days", HER, "link_missing", True),
        (3, "days", COORDINATOR, "escalation", True),
    ]),
    "EXCL_START": ("clause.start", "it has begun", [(-3, "days", HER, "exclusivity_starts", True)]),
    "EXCL_END": ("clause.end", "it goes on with another promise", [
        (-14, "days", HER, "exclusivity_ends", True),
        (-3, "days", HER, "exclusivity_ends", True),
        (0, "days", HER, "exclusivity_ends", True),
    ]),
    "CURE": ("case.cure", "it is settled", [
        (-1, "days", COORDINATOR, "escalation", True),
        (0, "days", COORDINATOR, "escalation", True),
        (1, "days", MANAGER, "escalation", True),
    ]),
    "RIGHTS_END": ("right.end", "it goes on or is taken down", [
        (-30, "days", COORDINATOR, "window_closes", True),
        (-7, "days", COORDINATOR, "window_closes", True),
        (-1, "days", COORDINATOR, "window_closes", True),
        (0, "days", COORDINATOR, "window_closes", True),
        (0, "days", MANAGER, "window_closes", True),
    ]),
    "ACCESS_END": ("right.access", "it goes on or the access is revoked", [
        (-30, "days", COORDINATOR, "window_closes", True),
        (-7, "days", COORDINATOR, "window_closes", True),
        (-1, "days", COORDINATOR, "window_closes", True),
        (0, "days", COORDINATOR, "window_closes", True),
        (0, "days", MANAGER, "window_closes", True),
    ]),
    "NOTICE": ("contract.notice", "notice is given or it was decided", [
        (-30, "days", COORDINATOR, "window_closes", True),
        (-14, "days", COORDINATOR, "window_closes", True),
        (-7, "days", COORDINATOR, "window_closes", True),
        (-7, "days", MANAGER, "window_closes", True),
        (-1, "days", COORDINATOR, "window_closes", True),
    ]),
    "RENEWAL": ("contract.renewal", "it was decided", [
        (-30, "days", COORDINATOR, "window_closes", True),
        (-14, "days", COORDINATOR, "window_closes", True),
        (-7, "days", COORDINATOR, "window_closes", True),
        (-7, "days", MANAGER, "window_closes", True),
        (-1, "days", COORDINATOR, "window_closes", True),
    ]),
    "REVIEW_DEAL": ("deal.review", "it is decided", [
        (-7, "days", COORDINATOR, "escalation", True),
        (0, "days", COORDINATOR, "escalation", True),
        (3, "days", COORDINATOR, "escalation", True),
        (3, "days", MANAGER, "escalation", True),
    ]),
    "SIGN": ("contract.sign", "it is signed or declined", [
        (1, "days", HER, "contract_waits", True),
        (3, "days", HER, "contract_waits", True),
        (6, "days", HER, "contract_waits", True),
        (7, "days", COORDINATOR, "escalation", True),
    ]),
    "IDEA": ("deliverable.concept", "the idea arrives", [
        (-2, "days", HER, "idea_due", True),
        (0, "days", HER, "idea_due", True),
        (1, "days", HER, "idea_due", True),
        (2, "days", COORDINATOR, "escalation", True),
    ]),
    "REVIEW": ("deliverable.review", "somebody decides", [
        (-6, "hours", COORDINATOR, "review_turn", False),
        (0, "hours", COORDINATOR, "review_turn", False),
        (0, "hours", MANAGER, "escalation", False),
    ]),
    "INVOICE": ("payment.invoice", "her invoice is here", [
        (0, "days", HER, "invoice_asked", True),
        (5, "days", HER, "invoice_asked", True),
        (10, "days", COORDINATOR, "escalation", True),
    ]),
    "PAY": ("payment.due", "it is on its way", [
        (-3, "days", COORDINATOR, "payment_due", True),
        (0, "days", COORDINATOR, "payment_due", True),
        (1, "days", COORDINATOR, "payment_due", True),
        (3, "days", MANAGER, "escalation", True),
    ]),
    "REVIEW_HALF": ("review.half", "somebody decides", [(0, "hours", COORDINATOR, "review_turn", False)]),
    "OFFER": ("contract.offer", "it is signed or declined", [(-1, "days", HER, "contract_offer_ends", True)]),
    "CAMPAIGN_OFFER": ("campaign.offer", "she answers", [
        (2, "days", HER, "campaign_offer_waits", True),
        (4, "days", HER, "campaign_offer_waits", True),
        (5, "days", COORDINATOR, "escalation", True),
    ]),
    "CAMPAIGN_OFFER_ENDS": ("campaign.offer_ends", "she answers", [(-1, "days", HER, "campaign_offer_ends", True)]),
    "EVENT_ANSWER": ("event.answer", "she answers", [
        (2, "days", HER, "event_waits", True),
        (4, "days", HER, "event_waits", True),
    ]),
    "EVENT_COMING": ("event.coming", "it has begun, or she does not come", [
        (-3, "days", HER, "event_soon", True),
        (-1, "days", HER, "event_soon", True),
    ]),
    "EVENT_DAY": ("event.day", "it has begun", [(-1, "days", COORDINATOR, "escalation", True)]),
    "BRIEF_ACK": ("brief.ack", "the brief is accepted", [
        (1, "days", HER, "brief_waits", True),
        (3, "days", HER, "brief_waits", True),
        (4, "days", COORDINATOR, "escalation", True),
    ]),
    "ADDR": ("sample.address", "her address is confirmed and she has chosen", [
        (0, "days", HER, "sample_address", True),
        (2, "days", HER, "sample_address", True),
        (4, "days", HER, "sample_address", True),
        (5, "days", COORDINATOR, "escalation", True),
    ]),
    "PARCEL_ARRIVED": ("sample.arrived", "she has it, or it is looked for", [
        (0, "days", HER, "sample_arrived", True),
        (2, "days", HER, "sample_arrived", True),
        (4, "days", COORDINATOR, "escalation", True),
    ]),
    "SHIP_STUCK": ("sample.stuck", "it leaves, or there is news of it", [
        (0, "days", COORDINATOR, "escalation", True),
        (5, "days", MANAGER, "escalation", True),
    ]),
    "RECEIPT": ("sample.receipt", "she says she has it", [(2, "days", HER, "sample_receipt", True)]),
    "BRIEF_NEWS": ("brief.news", "it was told", [(0, "days", HER, "brief_small", True)]),
    "EMBARGO": ("brief.embargo", "the hour has passed, or everything is posted", [
        (-1, "days", HER, "brief_embargo", True),
    ]),
    "SCORE": ("campaign.score", "she answers", [
        (1, "days", HER, "partner_score", True),
        (7, "days", HER, "partner_score", True),
    ]),
    "RETURN": ("sample.return", "it is on its way back", [
        (-7, "days", HER, "sample_return", True),
        (-1, "days", HER, "sample_return", True),
        (1, "days", HER, "sample_return_late", True),
        (7, "days", COORDINATOR, "escalation", True),
        (7, "days", HER, "sample_return_late", True),
    ]),
    "GIFT": ("sample.gift", "she posted, would rather not, or it is closed", [
        (7, "days", HER, "gift_there", True),
        (10, "days", HER, "gift_nudge", True),
        (14, "days", HER, "gift_closing", True),
    ]),
    "MEND_ASKED": ("deviation.asked", "it is mended or decided", [(0, "days", HER, "post_mend", True)]),
    "MEND": ("deviation.mend", "it is mended or decided", [
        (0, "days", HER, "post_mend", True),
        (1, "days", COORDINATOR, "escalation", True),
        (1, "days", HER, "post_mend", True),
    ]),
    "LIVE": ("post.live", "somebody has looked", [(0, "days", COORDINATOR, "escalation", True)]),
    "LABEL": ("post.label", "it was compared", [(1, "days", COORDINATOR, "escalation", True)]),
    "REPLIES": ("post.replies", "somebody has looked", [(1, "days", COORDINATOR, "escalation", True)]),
    "INSIGHTS": ("numbers.post", "her numbers are here", [
        (0, "days", HER, "insights", True),
        (4, "days", HER, "insights", True),
        (6, "days", COORDINATOR, "escalation", True),
    ]),
    "INSIGHTS_STORY": ("numbers.story", "her numbers are here", [
        (0, "hours", HER, "insights_story", False),
        (2, "days", COORDINATOR, "escalation", True),
    ]),
    "GIFT_THANKS": ("sample.thanks", "it is closed", [(7, "days", HER, "gift_there", True)]),
    "CONTRACT_END": ("contract.end", "it has ended", [(-7, "days", COORDINATOR, "window_closes", True)]),
    "QUOTA": ("deal.quota", "everything is posted", [
        (-10, "days", HER, "deal_posts", True),
        (-3, "days", COORDINATOR, "escalation", True),
        (-3, "days", HER, "deal_posts", True),
    ]),
    "MAKE_GOOD": ("deal.make_good", "everything is posted", [
        (-10, "days", HER, "deal_make_good", True),
        (-3, "days", COORDINATOR, "escalation", True),
        (-3, "days", HER, "deal_make_good", True),
    ]),
}  # fmt: skip


SHARED = {"MEND_ASKED": "mend", "IDEA": "draft"}


@pytest.mark.parametrize("code", RULES)
def test_a_house_starts_with_these_steps(code: str, organisation: object) -> None:
    rule = Rule.objects.get(code=code)
    columns = ("offset", "unit", "recipient", "email_name", "moves_for_days_off")
    steps = list(rule.steps.order_by("offset", "recipient").values_list(*columns))
    assert (rule.kind, rule.stop_when, steps) == RULES[code]
    together = (
        "SIGN",
        "OFFER",
        "CAMPAIGN_OFFER",
        "CAMPAIGN_OFFER_ENDS",
        "BRIEF_ACK",
        "ADDR",
    )  # one mail about one thing she is asked
    series = "contract" if code in together else SHARED.get(code, code.lower())
    assert (rule.is_active, rule.is_urgent, rule.series) == (True, code == "EMBARGO", series)


def test_there_are_no_other_rules(organisation: object) -> None:
    assert set(Rule.objects.values_list("code", flat=True)) == set(RULES)


def test_an_escalation_changes_the_reader_never_the_tone_towards_her(organisation: object) -> None:
    """She never reads the words meant for a colleague, and no colleague hers."""
    to_colleagues = ("escalation", "window_closes", "review_turn", "payment_due")
    told = {(step[2] == HER, step[3] in to_colleagues) for _kind, _stop, steps in RULES.values() for step in steps}
    assert told == {(True, False), (False, True)}


def at_hand(card: Collaboration, code: str) -> Deliverable:
    """Something of hers whose reminders of that rule wait."""
    posted: dict[str, Any] = {"status": "published", "published_at": MONDAY, "draft_due_on": None}
    story = FormatFactory(code="story", name_en="Story", lasts_hours=24) if code == "PROOF" else None
    fields: dict[str, dict[str, Any]] = {
        "DRAFT": {"draft_due_on": FRIDAY, "post_due_on": dt.date(2027, 2, 1)},
        "POST": {"draft_due_on": None, "post_due_on": FRIDAY, "status": "approved"},
        "PROOF": {**posted, "format": story},
        "LINK": posted,
    }
    return make(card, **fields[code])


def screenshot() -> StoredFile:
    return StoredFile.objects.create(file="kept/a.png", label="a.png", mime="image/png", size=1, sha256="0" * 64)


Settle = Callable[[Deliverable, dt.datetime], Any]
STOPS: dict[str, Settle] = {
    "DRAFT": lambda made, at: made.submit(at=at, actor=SYSTEM),
    "POST": lambda made, at: made.publish(at=at, actor=SYSTEM),
    "PROOF": lambda made, at: made.add_proof(screenshot(), at=at, actor=SYSTEM),
    "LINK": lambda made, at: made.add_link("https://www.instagram.com/p/1/", at=at, actor=SYSTEM),
}


@pytest.mark.parametrize("code", STOPS)
def test_what_a_rule_asks_for_ends_it_for_everybody(code: str, card: Collaboration) -> None:
    made = at_hand(card, code)
    plan(MONDAY)
    mine = Reminder.objects.filter(rule__code=code)
    assert mine.queued().count() == len(RULES[code][2])
    STOPS[code](Deliverable.objects.get(pk=made.pk), MONDAY)
    plan(MONDAY)
    assert (mine.queued().count(), mine.standing().count()) == (0, 0)


WAYS: list[tuple[dict[str, str], int, list[str]]] = [
    ({}, 1, []),
    ({"prefers": "whatsapp", "whatsapp": "+6281290001234"}, 0, ["message"]),
    ({"prefers": "call", "phone": "+6281290001234"}, 0, ["message"]),
    ({"email": "", "whatsapp": "+6281290001234"}, 0, ["message"]),
    ({"email": ""}, 0, ["no_address"]),
    ({"email_state": "bounced"}, 0, ["bounced"]),
]


@pytest.mark.parametrize(("contact", "mails", "tasks"), WAYS)
def test_the_way_a_reminder_takes(contact: dict[str, str], mails: int, tasks: list[str], card: Collaboration) -> None:
    """By mail, by a colleague's hand, or as a task to find an address: never by none of them, never by two."""
    at_hand(card, "DRAFT")
    Contact.objects.partners().update(**contact)
    tuesday = MONDAY + 26 * HOUR
    plan(tuesday)
    mail_due(tuesday)
    assert Email.objects.count() == mails
    assert list(Todo.objects.values_list("kind", flat=True)) == tasks


AUDIENCE: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["Kirana Larasati"]),
    ({"mail_work": "copy"}, ["Agen Sari", "Kirana Larasati"]),
    ({"mail_work": "to"}, ["Agen Sari"]),
]


@pytest.mark.parametrize(("agent", "readers"), AUDIENCE)
def test_who_reads_what_is_asked_of_her(agent: dict[str, str], readers: list[str], card: Collaboration) -> None:
    Representation.objects.create(
        influencer=Influencer.objects.get(), contact=ContactFactory(name="Agen Sari", kind="agent"), capacity="agent",
        **agent,
    )  # fmt: skip
    at_hand(card, "DRAFT")
    plan(MONDAY)
    hers = Reminder.objects.filter(rule__code="DRAFT", recipient=HER)
    assert sorted(set(hers.values_list("contact__name", flat=True))) == readers


def test_colleagues_who_are_told_are_the_owner_and_the_managers(card: Collaboration, manager: User) -> None:
    at_hand(card, "DRAFT")
    plan(MONDAY)
    told = Reminder.objects.exclude(recipient=HER).order_by("send_at").values_list("recipient", "contact__name")
    assert list(told) == [(COORDINATOR, "Dinda Ayuningrum"), (MANAGER, manager.name)]


def test_every_message_keeps_its_words_language_hash_and_name(card: Collaboration) -> None:
    """What was said can be shown years later, and an answer finds it."""
    at_hand(card, "DRAFT")
    Contact.objects.partners().update(language="id")
    tuesday = MONDAY + 26 * HOUR
    plan(tuesday)
    mail_due(tuesday)
    email = Email.objects.get()
    assert (email.name, email.language, email.wording_version.partition(" ")[0]) == ("draft_due", "id", "shipped")
    said = "\n".join([email.subject, email.text, email.html])
    assert email.body_hash == hashlib.sha256(said.encode()).hexdigest()
    assert email.message_id.startswith("<")
