"""What people thought of working with us: asked once after a campaign, on her own page or told to a colleague."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Avg, Count, Q
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.card_dues import due_about, facts_about
from campaigns.planning.forms.answers import few_words
from campaigns.planning.models import Campaign, PartnerScore, PartnerScoreQuerySet
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import mail_routes
from crm.outbox.topics import Topic
from crm.portal.registry import Answer, AnswerRefused, Asking, PortalFeature, PortalTask, Told, portal_task
from crm.reminders.models import Todo
from crm.reminders.registry import Asked, Due, due, wanted
from crm.reminders.settled import stop_asking
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor, record, subject_of

KIND, FEATURE = "campaign.score", "score"
OPEN_FOR = dt.timedelta(days=60)
"""How long her page asks; after that nobody remembers."""
ANSWERED, NOT_ASKED = _("She has answered"), _("She is not asked any more")
THANKS = _("Thank you for telling us. It helps us to be better partners.")


class ScoreForm(forms.Form):
    """One to five, and a word."""

    score = forms.TypedChoiceField(
        label=_("How was it to work with us?"),
        coerce=int,
        choices=[(5, _("5, very good")), (4, "4"), (3, "3"), (2, "2"), (1, _("1, not good"))],
        widget=forms.RadioSelect,
    )
    note = few_words(_("Anything to add? (optional)"), required=False)
    is_complaint = forms.BooleanField(
        label=_("Something went wrong, and I would like to hear from you"), required=False
    )


def ask_partners(campaign: Campaign, *, at: dt.datetime) -> int:
    """Everybody who said yes and is not off is asked once, whoever wraps up how often; how many were asked now."""
    cards = campaign.collaborations.promised().filter(partner_score__isnull=True).order_by("pk")
    made = PartnerScore.objects.bulk_create(PartnerScore(collaboration=card, asked_at=at) for card in cards)
    return len(made)


def answer(
    row: PartnerScore, score: int, words: str, *, complains: bool, at: dt.datetime, actor: Actor, **told: Any
) -> None:
    """Note her score once; a complaint becomes a task for the campaign's owner. Raises AnswerRefused when it is there."""
    card = row.collaboration
    with transaction.atomic():
        fresh = PartnerScore.objects.filter(pk=row.pk, answered_at__isnull=True)
        said = {"score": score, "words": words, "is_complaint": complains, "answered_at": at, "updated_at": at}
        if not fresh.update(**said):
            raise AnswerRefused(_("This was answered already. Nothing was changed."))
        record(
            "collaboration.score", _("Worked with us on %(campaign)s: %(score)s of 5"), at=at, actor=actor, subject=card,
            params={"campaign": card.campaign, "score": score}, influencer=card.influencer_id,
            brand=card.campaign.brand_id, **{**told, "quote": words},
        )  # fmt: skip
        if complains:
            _leave(row, words, at)


def _leave(row: PartnerScore, words: str, at: dt.datetime) -> None:
    card = row.collaboration
    owner = card.campaign.owner
    leave_todo(
        f"score/{row.pk}", _("Something went wrong in %(campaign)s: call her or him"), language=owner.language,
        params={"campaign": card.campaign}, kind=Todo.Kind.CHECK, quote=words, owner=owner,
        due_at=end_of_day(local_date(at, owner.zone) + dt.timedelta(days=1), owner.zone),
        influencer_ref=card.influencer_id, influencer_label=card.influencer.stage_name,
        brand_ref=card.campaign.brand_id, subject=subject_of(card), subject_label=str(card)[:200],
        url=reverse("collaboration", args=[card.pk]),
    )  # fmt: skip


def waiting(now: dt.datetime) -> PartnerScoreQuerySet:
    rows = PartnerScore.objects.filter(answered_at__isnull=True, asked_at__gt=now - OPEN_FOR)
    return rows.exclude(collaboration__status="off").select_related(
        "collaboration__campaign__brand", "collaboration__campaign__owner", "collaboration__influencer"
    )


class Scores:
    """The question after a campaign, as a task on her page."""

    THANKS = {"score": THANKS}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        rows = waiting(asking.now).filter(collaboration__influencer=asking.influencer_id)
        if asking.brand_id is not None:
            rows = rows.filter(collaboration__campaign__brand=asking.brand_id)
        return [_task(row) for row in rows.order_by("asked_at", "pk")]

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        rows = waiting(told.at).filter(collaboration__influencer=asking.influencer_id)
        row = rows.filter(pk=task.subject_id).first()
        if row is None:
            raise AnswerRefused(_("This is no longer asked for. Nothing was changed."))
        parts = [part for part in (told.quote.strip(), str(told.data.get("note") or "").strip()) if part]
        answer(
            row, told.data["score"], "\n".join(dict.fromkeys(parts)), complains=bool(told.data.get("is_complaint")),
            at=told.at, actor=told.actor, channel=told.channel, file=told.file,
        )  # fmt: skip
        stop_asking([subject_of(row)], told.at)


def _task(row: PartnerScore) -> PortalTask:
    campaign = row.collaboration.campaign
    return PortalTask(
        FEATURE, row.pk, format_lazy(_("How was {campaign}?"), campaign=campaign.name),
        [Answer("score", _("Say how it was"), _("Said how it was"), THANKS, ScoreForm, True, "star", power="")],
        brand_id=campaign.brand_id, zone=campaign.zone, campaign=campaign.name,
    )  # fmt: skip


@portal_task(FEATURE, order=60)
def scores() -> PortalFeature:
    return Scores()


@due(KIND, label=_("How it was"), of="campaigns.PartnerScore", order=16, on_calendar=False)
def open_scores(asked: Asked) -> Iterator[Due]:
    """Asked and not answered. It is nobody's work, so it stands on no page of ours: only reminders ask for it."""
    if asked.user is not None and asked.subjects is None:
        return
    rows = _rows(asked)
    routes = mail_routes({row.collaboration.influencer_id for row in rows}, asked.now)
    for row in rows:
        yield from wanted(_due(row, asked, routes.of(row.collaboration.influencer_id, Topic.WORK)), asked)


def _rows(asked: Asked) -> list[PartnerScore]:
    sides = ("collaboration__campaign__brand", "collaboration__campaign__owner", "collaboration__influencer")
    if asked.subjects is not None:
        rows = PartnerScore.objects.filter(pk__among=asked.subjects).select_related(*sides)
        return list((rows if asked.user is None else rows.visible_to(asked.user)).order_by("pk"))
    return list(waiting(asked.now).order_by("pk"))


def _due(row: PartnerScore, asked: Asked, told: Any) -> Due:
    card = row.collaboration
    campaign = card.campaign
    on = local_date(row.asked_at, campaign.zone)
    is_open = not card.is_off and row.asked_at > asked.now - OPEN_FOR
    return due_about(
        card, kind=KIND, subject=subject_of(row), due_on=on, due_at=end_of_day(on, campaign.zone),
        title=_("How it was to work with us"), contact_ids=told.to, copy_ids=told.copies,
        url=reverse("collaboration", args=[card.pk]), verb=_("See"), icon="star", born_at=row.asked_at,
        stopped_why=ANSWERED if row.answered_at is not None else "" if is_open else NOT_ASKED,
        facts={**facts_about(card), "campaign": campaign.name},
    )  # fmt: skip


@dataclass(frozen=True)
class Partner:
    """The score somebody, or everybody of a campaign, gave."""

    average: float | None
    answers: int
    complaints: int

    @property
    def shown(self) -> str:
        return "" if self.average is None else f"{self.average:.1f}"


def partner_score(rows: PartnerScoreQuerySet) -> Partner:
    """The average of what was answered, in one query."""
    found = rows.answered().aggregate(average=Avg("score"), answers=Count("pk"), bad=Count("pk", Q(is_complaint=True)))
    return Partner(found["average"], found["answers"], found["bad"])
