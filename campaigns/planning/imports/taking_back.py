"""Taking imported work back: cards nobody has worked on since go, with whom and what was made for them."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import models, transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.formats import day_words
from crm.exclusivity.promising import forget
from crm.influencers.models import Influencer
from crm.influencers.places import keeps_person
from crm.intake.kinds import Outcome, Reason
from crm.intake.models import Intake, IntakeLine
from crm.timeline.models import Entry
from crm.timeline.record import Actor, record

CARD, PIECE, CAMPAIGN = (model._meta.label_lower for model in (Collaboration, Deliverable, Campaign))


class TakingBack:
    """One batch in the running transaction, from the last line up."""

    def __init__(self, run: Intake, *, now: dt.datetime, actor: Actor) -> None:
        self._run, self._now, self._actor = run, now, actor
        written = run.lines.exclude(written_at=None).order_by().values_list("written_at", flat=True).distinct()
        self._own = [now, *(at for at in written if at is not None)]

    def take(self, lines: Sequence[IntakeLine]) -> list[Outcome]:
        return [Outcome(line, line.verdict, list(self._line(line))) for line in lines]

    def _line(self, line: IntakeLine) -> Iterable[Reason]:
        """Why what the line made stays; nothing when it is gone."""
        made = line.made
        pieces = list(Deliverable.objects.select_for_update().filter(pk__in=made.get("deliverables", ())))
        card = (
            Collaboration.objects.select_for_update(of=("self",))
            .select_related("campaign", "influencer")
            .filter(pk=made.get("card"))
            .first()
        )
        if card is not None:
            yield from self._card(card, pieces, is_ours="collaboration" in made)
        if "person" in made:
            yield from self._person(Influencer.objects.filter(pk=made["person"]).first())
        if "campaign" in made:
            yield from self._campaign(Campaign.objects.filter(pk=made["campaign"]).first())

    def _card(self, card: Collaboration, pieces: list[Deliverable], *, is_ours: bool) -> Iterable[Reason]:
        subjects = [f"{CARD}:{card.pk}", *(f"{PIECE}:{piece.pk}" for piece in pieces)]
        touched = self._touched(subjects)
        if touched:
            yield touched
            return
        others = card.deliverables.exclude(pk__in=[piece.pk for piece in pieces]).exists()
        if is_ours and others:
            yield ("more-work", "", "")
            return
        gone = card if is_ours else None
        forget(subjects)
        if not self._gone(Deliverable.objects.filter(pk__in=[piece.pk for piece in pieces])) or (
            gone is not None and not self._gone(Collaboration.objects.filter(pk=card.pk))
        ):
            yield ("stands-on-it", "", "")
        elif gone is not None:
            self._tell(card)

    def _touched(self, subjects: Sequence[str]) -> Reason | None:
        """Who worked on it since, by its story: whatever did not happen while this run wrote."""
        others = Entry.objects.filter(subject__in=subjects).exclude(at__in=self._own)
        last = others.order_by("-at", "-pk").first()
        if last is None:
            return None
        return ("worked-on", "", f"{last.actor_label}, {day_words(last.at)}")

    def _person(self, person: Influencer | None) -> Iterable[Reason]:
        """A prospect this run made goes when nothing else is known of her."""
        if person is None:
            return
        known = Entry.objects.filter(influencer_id=person.pk).exclude(at__in=self._own).exists()
        if (
            known
            or any(person.pk in placed.call([person.pk]) for placed in keeps_person.all())
            or not self._gone(Influencer.objects.filter(pk=person.pk))
        ):
            yield ("person-stays", "", person.stage_name)

    def _campaign(self, campaign: Campaign | None) -> Iterable[Reason]:
        """A campaign this run opened goes when it is empty and nobody has changed it."""
        if campaign is None:
            return
        known = self._touched([f"{CAMPAIGN}:{campaign.pk}"])
        if known or campaign.collaborations.exists() or not self._gone(Campaign.objects.filter(pk=campaign.pk)):
            yield ("campaign-stays", "", campaign.name)

    def _gone(self, rows: "models.QuerySet[models.Model]") -> bool:
        try:
            with transaction.atomic():
                rows.delete()
        except ProtectedError:
            return False
        return True

    def _tell(self, card: Collaboration) -> None:
        record(
            "collaboration.taken_back",
            _("Import into %(campaign)s from “%(file)s” taken back"),
            at=self._now,
            actor=self._actor,
            params={"campaign": card.campaign, "file": self._run.file_name},
            influencer=card.influencer_id,
            brand=card.campaign.brand_id,
        )
