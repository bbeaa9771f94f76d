"""What the pages of such a run show, computed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.money import read_local_amount, write_amount
from crm.brands.models import Brand
from crm.contracts.many.plan import Planned
from crm.contracts.many.terms import Terms, sentence_forms
from crm.contracts.many.work import WORDS, planned
from crm.contracts.models import Contract, ContractWording
from crm.exclusivity.words import days_in_words
from crm.influencers.bulk_runs import pages as bulk_pages
from crm.influencers.bulk_runs.reasons import sentence
from crm.influencers.models import BulkRow, BulkRun
from crm.team.models import User

Outcome = BulkRow.Outcome
HIGHEST = Decimal(10) ** 12


@dataclass(frozen=True)
class PlanRow:
    """One person of the preview: what was typed for her, and what it means."""

    place: int
    one: Planned | None
    label: str
    typed: str
    error: str
    on: bool

    @property
    def may_be_ticked(self) -> bool:
        return self.one is not None and not self.one.is_impossible

    @property
    def is_held(self) -> bool:
        return self.one is not None and self.one.is_barred


@dataclass(frozen=True)
class Preview:
    """All of a run that is only shown."""

    rows: Sequence[PlanRow]
    terms: Terms
    brand: Brand
    wording: ContractWording
    sentences: Sequence[str]

    @property
    def ticked(self) -> list[PlanRow]:
        return [row for row in self.rows if row.on and row.may_be_ticked]

    @property
    def cash(self) -> Decimal:
        return sum((row.one.cash for row in self.ticked if row.one and row.one.cash), Decimal(0))

    @property
    def in_kind(self) -> Decimal:
        return sum((row.one.in_kind for row in self.ticked if row.one and row.one.in_kind), Decimal(0))

    @property
    def days(self) -> str:
        return days_in_words(*self.terms.days)

    @property
    def barred(self) -> int:
        return sum(row.is_held for row in self.rows)


def preview(
    run: BulkRun, user: User, now: dt.datetime, typed: Mapping[int, tuple[str, bool]], errors: Mapping[int, str]
) -> Preview:
    """Everybody of the run as it would be now; `typed` is what a refused form held."""
    terms, rows = Terms.of(run), list(run.rows.order_by("place"))
    found = planned(run, rows, user, now)
    brand = Brand.objects.select_related("owner", "category").get(pk=terms.brand)
    forms = sentence_forms(run.data["sentences"], brand, terms.zone, user)
    return Preview(
        rows=[_row(row, found.get(row.influencer_ref or 0), typed, errors) for row in rows],
        terms=terms,
        brand=brand,
        wording=ContractWording.objects.select_related("template").get(pk=terms.wording),
        sentences=[_said(form) for form in forms],
    )


def _row(
    row: BulkRow, one: Planned | None, typed: Mapping[int, tuple[str, bool]], errors: Mapping[int, str]
) -> PlanRow:
    fee = write_amount(one.fee) if one is not None and one.fee is not None else ""
    text, on = typed.get(row.place, (fee, row.outcome == Outcome.WAITING))
    return PlanRow(row.place, one, row.label, text, errors.get(row.place, ""), on)


def _said(form: Any) -> str:
    """A sentence before it is anybody's: whom it keeps away, and for how long."""
    data = form.cleaned_data
    category = dict(_flat(form.fields["category"].choices))
    what = category.get(data.get("category") or "", "") or str(dict(form.fields["kind"].choices)[data["kind"]])
    before = ngettext("%(n)s day before", "%(n)s days before", data["before"]) % {"n": data["before"]}
    after = ngettext("%(n)s day after", "%(n)s days after", data["after"]) % {"n": data["after"]}
    anchor = dict(form.fields["anchor"].choices)[data["anchor"]]
    return _("%(what)s: %(before)s to %(after)s, counted from %(anchor)s") % {
        "what": what, "before": before, "after": after, "anchor": anchor,
    }  # fmt: skip


def _flat(choices: Any) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for value, label in choices:
        found += [(str(key), str(text)) for key, text in label] if isinstance(label, list | tuple) else []
        found += [] if isinstance(label, list | tuple) else [(str(value), str(label))]
    return found


def read_rows(
    run: BulkRun, data: QueryDict
) -> tuple[dict[int, tuple[Decimal | None, bool]], dict[int, tuple[str, bool]], dict[int, str]]:
    """What was typed for each row, read, as it stands, and what is wrong with it."""
    read: dict[int, tuple[Decimal | None, bool]] = {}
    typed: dict[int, tuple[str, bool]] = {}
    errors: dict[int, str] = {}
    ticked = set(data.getlist("on"))
    for place in run.rows.values_list("place", flat=True):
        text, on = data.get(f"fee-{place}", "")[:40].strip(), str(place) in ticked
        typed[place] = (text, on)
        try:
            read[place] = (_amount(text), on)
        except ValidationError as refused:
            errors[place] = " ".join(refused.messages)
    return read, typed, errors


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    amount = read_local_amount(text)
    if not 0 <= amount < HIGHEST:
        raise ValidationError(_("An amount from nothing up to a million million."))
    return amount


def progress(run: BulkRun, now: dt.datetime) -> dict[str, Any]:
    """How far a run is, and whether anybody seems to be at it."""
    return bulk_pages.progress(run, now, poll="contract-many-progress")


@dataclass(frozen=True)
class ResultRow:
    """What came of one person."""

    label: str
    outcome: str
    tone: str
    why: str
    contract: Contract | None
    person: int | None


def results(run: BulkRun, user: User, reasons: Mapping[str, Any]) -> list[ResultRow]:
    """A result for each, with the contract as it stands today."""
    rows = list(run.rows.order_by("place"))
    wanted = [row.reason[1]["contract"] for row in rows if row.reason and "contract" in row.reason[1]]
    there = Contract.objects.visible_to(user).in_bulk(wanted)
    return [
        ResultRow(
            label=row.label,
            outcome=str(WORDS.get(row.outcome, Outcome(row.outcome).label)),
            tone=bulk_pages.TONES[Outcome(row.outcome)],
            why=sentence(row.reason, reasons),
            contract=there.get(row.reason[1].get("contract", 0)) if row.reason else None,
            person=row.influencer_ref,
        )
        for row in rows
    ]
