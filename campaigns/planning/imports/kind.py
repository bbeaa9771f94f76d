"""Running collaborations as a kind of file."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.planning.imports.forms import WholeFileForm
from campaigns.planning.imports.judging import Judging
from campaigns.planning.imports.taking_back import TakingBack
from campaigns.planning.imports.words import MEANINGS, target_of
from campaigns.planning.imports.writing import Writing
from campaigns.planning.models import Campaign, Collaboration, CollaborationQuerySet
from crm.influencers.imports.reading import Table
from crm.intake.kinds import IntakeKind, Judge, Offer, Outcome, Way
from crm.intake.models import Intake, IntakeLine
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.team.models import User

MOST_WAYS = 3


class RunningWork(IntakeKind):
    """Who makes what for which campaign, until when, for which fee, and how far it is."""

    code = "running"
    permission = "campaigns.change_campaign"
    icon = "calendar-check"
    is_walled = True
    title = _("Running collaborations")
    lead = _("Work that is agreed or under way: who makes what for which campaign, the days, the fee, how far it is.")
    hint = _(
        "Columns in any order and any words: account or name, campaign, brand, “1 reel 3 story”, “2,8jt nett”, "
        "days, “nego”, “sudah posting”. Nobody gets a reminder about it before you switch reminders on."
    )
    who = _("Person")
    what = _("Work")
    meanings = MEANINGS
    sentences = {
        "empty": _("The row is empty."),
        "nobody": _("The row names nobody: neither an account nor a name."),
        "not-known": _("Nobody has this account or name yet."),
        "new-person": _("She or he is added as a prospect."),
        "several-people": _("Several people are meant by “%(text)s”. Give the account with its platform."),
        "archived": _("%(text)s is archived. Bring her or him back first."),
        "barred": _("Does not want to be contacted: nothing will be sent."),
        "gone": _("The person is on file no more."),
        "held": _("Held back: %(text)s Settle it on her page, then import the row again."),
        "no-campaign": _("The row names no campaign. Choose one for the whole file."),
        "no-campaign-called": _("There is no campaign “%(text)s”, and no brand is named to open it for."),
        "no-brand-called": _("There is no brand “%(text)s”. Add the brand first, or correct its name."),
        "new-campaign": _("There is no campaign %(text)s yet."),
        "opens-campaign": _("Opens the campaign “%(text)s” as a draft."),
        "several-campaigns": _("Two brands have a campaign “%(text)s”. Name the brand."),
        "over": _("The campaign “%(text)s” is over."),
        "there": _("Is in this campaign already; the card stays as it is."),
        "same-as": _("Says the same as row %(text)s, which counts."),
        "adds-to": _("Adds its work to the card of row %(text)s."),
        "state": _("“%(text)s” is no state Mitra knows. Write one of: shortlist, nego, deal, menunggu draft, "
                   "draft masuk, siap posting, selesai, batal."),
        "no-state": _("No state given: taken as %(text)s."),
        "no-state-agreed": _("No state given: taken as agreed."),
        "no-state-done": _("No state given: the post is out, so it is taken as done."),
        "no-day": _("“%(text)s” is no day. Write it as 2026-12-05 or 5 Des 2026."),
        "month-first": _("“%(text)s” was read with the month first."),
        "days-and-things": _("The number of days does not fit the number of things: %(text)s. Give one day for all, "
                             "or one for each."),
        "draft-after-post": _("The draft is due after the posting day: %(text)s."),
        "no-posting-day": _("No posting day: “%(text)s” is kept as a note, plan it on the card."),
        "work-unread": _("“%(text)s” is no format Mitra knows; kept as a note."),
        "fee-said": _("“%(text)s” is not one amount; kept as it was said, without a figure."),
        "no-address": _("“%(text)s” is no address, or there is nothing it could belong to; left out."),
        "note-cut": _("The remarks are long: only the first %(text)s characters are kept."),
        "worked-on": _("Somebody has worked on it since: %(text)s."),
        "more-work": _("More was planned on this card since."),
        "stands-on-it": _("Something else stands on it by now."),
        "person-stays": _("%(text)s stays: something else is known of her or him by now."),
        "campaign-stays": _("The campaign “%(text)s” stays: it is not empty, or somebody has changed it."),
    }  # fmt: skip

    def target_of(self, heading: str) -> str:
        return target_of(heading)

    def wrong_columns(self, targets: Sequence[str]) -> str:
        twice = [target for target, count in Counter(targets).items() if target in ONCE and count > 1]
        if not {"account", "name"} & set(targets):
            return _now("No column says who it is. Choose one for the account or the name.")
        if twice:
            return _now("Two columns mean “%(meaning)s”. Leave one of them out.") % {"meaning": MEANINGS[twice[0]]}
        return ""

    def choices_form(self, run: Intake, user: "User", data: QueryDict | None) -> forms.Form:
        return WholeFileForm(data, run=run, user=user)

    def choices_of(self, form: forms.Form) -> dict[str, Any]:
        data = form.cleaned_data
        campaign, brand = data["campaign"], data["brand"]
        return {
            "campaign": campaign.pk if campaign else None,
            "new_campaign": data["new_campaign"],
            "brand": brand.pk if brand else None,
            "brand_name": brand.name if brand else "",
            "runs_in": [place.pk for place in data["runs_in"]],
            "platform": data["platform"],
            "create_campaigns": bool(data["new_campaign"]),
        }

    def judge(self, run: Intake, table: Table, now: dt.datetime) -> Judge:
        return Judging(run, now)

    def write(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        return Writing(run, lines, now=now, actor=actor).write()

    def take_back(self, run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
        return TakingBack(run, now=now, actor=actor).take(lines)

    def offers(self, run: Intake) -> list[Offer]:
        unknown = run.lines.with_verdict(IntakeLine.Verdict.UNKNOWN).values_list("reasons", flat=True)
        named: dict[str, set[str]] = {"not-known": set(), "new-campaign": set()}
        for reasons in unknown:
            for code, _column, text in reasons:
                if code in named:
                    named[code].add(text.casefold())
        people, campaigns = len(named["not-known"]), len(named["new-campaign"])
        offers = []
        if people:
            said = ngettext("%(n)d person is not known yet.", "%(n)d people are not known yet.", people)
            offers.append(Offer("create_people", said % {"n": people}, _now("Add them as prospects")))
        if campaigns:
            said = ngettext("%(n)d campaign is not known yet.", "%(n)d campaigns are not known yet.", campaigns)
            offers.append(Offer("create_campaigns", said % {"n": campaigns}, _now("Open them as drafts")))
        return offers

    def ways(self, run: Intake) -> list[Way]:
        boards = Campaign.objects.filter(collaborations__in=cards_made_by(run)).distinct().order_by("name")
        return [Way(reverse("campaign", args=[board.pk]), board.name, "megaphone") for board in boards[:MOST_WAYS]]

    def after(self, run: Intake) -> tuple[str, dict[str, Any]] | None:
        silent = cards_made_by(run).with_reminders_off().going_ahead().count()
        drafts = Campaign.objects.standing(Campaign.Status.DRAFT).filter(collaborations__in=cards_made_by(run))
        context = {"run": run, "silent": silent, "drafts": list(drafts.distinct().order_by("name"))}
        return ("campaigns/planning/_imported.html", context) if silent or context["drafts"] else None


ONCE = {"campaign", "brand", "state", "fee", "platform", "name"}


def cards_made_by(run: Intake) -> CollaborationQuerySet:
    """The cards a run made that are still there."""
    made = run.lines.standing().values_list("made__collaboration", flat=True)
    return Collaboration.objects.filter(pk__in=[pk for pk in made if pk])
