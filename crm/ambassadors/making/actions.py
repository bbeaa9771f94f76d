"""A deal is written down: a contract draft with both sides, what it owes, what it pays, and what she promises."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.ambassadors.making.figures import figures_of
from crm.ambassadors.making.promise import keep_promise
from crm.ambassadors.making.terms import TEMPLATE, DealTerms, for_person
from crm.ambassadors.making.words import line_note
from crm.ambassadors.models import AmbassadorDeal, CommissionRule, Program, QuotaLine, QuotaQuantity, RetainerRate
from crm.ambassadors.telling import tell
from crm.contracts.actions.drafting import draft, hold_editable, save_contract
from crm.contracts.models import Bid, Contract, ContractTemplate, Party, PayLine
from crm.influencers.models import Influencer
from crm.timeline.models import Channel
from crm.timeline.record import Actor

log = structlog.get_logger(__name__)
MADE = _("Ambassador deal drafted: %(contract)s")
CHANGED = _("Ambassador deal changed: %(contract)s")
NOTHING_OWED = _("How many of what does she owe? Name at least one kind of post.")
THERE_ALREADY = _("%(name)s is in this programme on these days already: %(contract)s.")
CLOSED = _("This programme takes nobody any more. Open it again, or choose another.")
UNEXPECTED = _("Something unexpected happened, and nothing was written for her. Tell your admin.")


@dataclass(frozen=True)
class Made:
    """What became of one of many: her deal, or why there is none."""

    person: Influencer
    deal: AmbassadorDeal | None
    why: str = ""


def make_deal(terms: DealTerms, *, at: dt.datetime, actor: Actor) -> AmbassadorDeal:
    """Write a draft that says all of this; nothing is promised or sent. Raises ValidationError, and writes nothing then.

    Asking twice for the same person and days is refused: a programme has one deal with somebody at a time.
    """
    person = terms.person
    if person is None:
        raise ValueError("a deal is made with somebody")
    terms = for_person(terms, person)
    with transaction.atomic():
        program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=terms.program.pk)
        _check(terms, program)
        contract = draft(_blank(terms), [person], at=at, actor=actor, reads_said=False)
        deal = terms.blank_deal()
        deal.contract = contract
        deal.tier = program.tiers.order_by("rank").first() if program.has_tiers else None
        deal.save(force_insert=True)
        _write_terms(deal, terms)
        _note_price(deal, terms, at, actor)
        keep_promise(contract, terms, at=at, actor=actor)
        tell(deal, "deal.drafted", MADE, params={"contract": deal.contract.title}, at=at, actor=actor)
    return deal


def change_draft(deal: AmbassadorDeal, terms: DealTerms, *, at: dt.datetime, actor: Actor) -> AmbassadorDeal:
    """The same draft says something else. Raises ValidationError, NotEditable once somebody outside has seen it."""
    terms = for_person(terms, deal.influencer)
    with transaction.atomic():
        program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=terms.program.pk)
        contract = hold_editable(deal.contract_id)
        _check(terms, program, besides=contract)
        fresh = _blank(terms)
        kept = {field.name for field in Contract._meta.concrete_fields if not field.editable} | {
            "id",
            "wording",
            "paper",
        }
        for field in Contract._meta.concrete_fields:
            if field.name not in kept:
                setattr(contract, field.attname, getattr(fresh, field.attname))
        if contract.wording is None or (terms.template and contract.wording.template_id != terms.template.pk):
            contract.wording = fresh.wording
        save_contract(contract, at=at, actor=actor)
        for name, value in {**terms.deal, "program": terms.program}.items():
            setattr(deal, name, value)
        deal.save()
        _forget_terms(deal)
        _write_terms(deal, terms)
        keep_promise(contract, terms, at=at, actor=actor)
        tell(deal, "deal.changed", CHANGED, params={"contract": deal.contract.title}, at=at, actor=actor)
    return deal


def make_many(people: Sequence[Influencer], terms: DealTerms, *, at: dt.datetime, actor: Actor) -> list[Made]:
    """A draft for each, or the reason why not; one that cannot be written loses none of the others."""
    return [_made(person, terms, at, actor) for person in people]


def _made(person: Influencer, terms: DealTerms, at: dt.datetime, actor: Actor) -> Made:
    hers = {**terms.contract, "language": person.language}
    try:
        with transaction.atomic():
            return Made(person, make_deal(replace(terms, person=person, contract=hers), at=at, actor=actor))
    except OperationalError:
        raise  # somebody wrote the same at this moment
    except ValidationError as refused:
        return Made(person, None, " ".join(refused.messages))
    except Exception:
        log.exception("deal_not_written", person=person.pk)
        return Made(person, None, str(UNEXPECTED))


def there_already(
    program: int, people: Sequence[int], start_on: dt.date, end_on: dt.date | None
) -> dict[int, Contract]:
    """Who has a deal of this programme on some of these days, open or signed."""
    open_ones = AmbassadorDeal.objects.filter(
        program=program, influencer__in=people, contract__status__in=Contract.OPEN
    )
    late = Q(contract__start_on__isnull=True) | Q(contract__start_on__lte=end_on) if end_on else Q()
    found = open_ones.filter(late, Q(contract__end_on__isnull=True) | Q(contract__end_on__gte=start_on))
    return {deal.influencer_id: deal.contract for deal in found.select_related("contract").order_by("pk")}


def _check(terms: DealTerms, program: Program, besides: Contract | None = None) -> None:
    assert terms.person is not None
    if not terms.quotas:
        raise ValidationError(NOTHING_OWED, code="nothing_owed")
    if besides is None and program.archived_at is not None:
        raise ValidationError({"program": CLOSED}, code="closed")
    there = there_already(program.pk, [terms.person.pk], terms.start_on, terms.end_on).get(terms.person.pk)
    if there is not None and there != besides:
        params = {"name": terms.person.stage_name, "contract": there.title}
        raise ValidationError(THERE_ALREADY % params, code="there")


def _blank(terms: DealTerms) -> Contract:
    """The contract as asked for, not saved."""
    assert terms.person is not None
    brand, template = terms.program.brand, terms.template or ContractTemplate.objects.filter(code=TEMPLATE).first()
    title = terms.title or f"{terms.program} · {terms.person.stage_name}"
    fields = {"language": terms.person.language, **terms.contract}
    return Contract(
        kind=Contract.Kind.AMBASSADOR, title=title[:160], brand=brand, category_id=terms.category_id, owner=terms.owner,
        start_on=terms.start_on, end_on=terms.end_on, zone=terms.zone, said=terms.said,
        wording=template.newest if template else None, **fields,
    )  # fmt: skip


def _write_terms(deal: AmbassadorDeal, terms: DealTerms) -> None:
    for one in terms.quotas:
        line = QuotaLine.objects.create(deal=deal, format=one.format, note=one.note, **terms.rules)
        QuotaQuantity.objects.create(line=line, quantity=one.quantity, from_on=terms.start_on)
    if terms.retainer is not None:
        RetainerRate.objects.create(deal=deal, amount=terms.retainer, from_on=terms.start_on)
    if terms.commission is not None:
        CommissionRule.objects.create(deal=deal, from_on=terms.start_on, **terms.commission)
    _write_lines(deal, terms)


def _write_lines(deal: AmbassadorDeal, terms: DealTerms) -> None:
    """What the contract pays over its term; what each period of it pays stands in the note of the line."""
    party, figures = deal.contract.parties.get(role=Party.Role.TALENT), figures_of(terms)
    with override(deal.contract.language):
        lines = []
        if terms.retainer is not None and terms.retainer.amount:
            whole = in_the_same(terms.retainer, figures.cash if figures.is_whole else None)
            lines.append((PayLine.Kind.CASH_FEE, whole, None, terms.tax, line_note(deal, [terms.retainer])))
        if terms.in_kind is not None and terms.in_kind.amount:
            whole = in_the_same(terms.in_kind, figures.in_kind if figures.is_whole else None)
            note = f"{terms.in_kind_note}, {line_note(deal, [terms.in_kind])}".removeprefix(", ")
            lines.append((PayLine.Kind.PRODUCT, whole, None, "", note[:200]))
        if terms.commission is not None:
            lines.append((PayLine.Kind.COMMISSION, None, terms.commission["rate_bp"], "", ""))
    PayLine.objects.bulk_create(
        PayLine(contract=deal.contract, party=party, kind=kind, amount=amount, rate_bp=rate, tax=tax, note=note)
        for kind, amount, rate, tax, note in lines
    )


def in_the_same(given: Any, amount: Any) -> Any:
    """The same currency, another amount; the same where none is known."""
    return given if amount is None else type(given)(amount, given.currency)


def _forget_terms(deal: AmbassadorDeal) -> None:
    """Of a draft nobody outside has seen: its terms are written anew."""
    deal.periods.all().delete()
    deal.quotas.all().delete()
    deal.retainers.all().delete()
    deal.commissions.all().delete()
    kinds = (PayLine.Kind.CASH_FEE, PayLine.Kind.PRODUCT, PayLine.Kind.COMMISSION)
    deal.contract.lines.filter(kind__in=kinds).delete()


def _note_price(deal: AmbassadorDeal, terms: DealTerms, at: dt.datetime, actor: Actor) -> None:
    if terms.said and terms.retainer is not None:
        Bid.objects.create(
            contract=deal.contract, party=deal.contract.parties.get(role=Party.Role.TALENT), kind=Bid.Kind.AGREED,
            amount=terms.retainer, said=terms.said, channel=Channel.WHATSAPP, at=at, noted_by_id=actor.user_id,
        )  # fmt: skip
