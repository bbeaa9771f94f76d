"""One contract out of many: the same words, rights and promises, her own posts and fee."""

import datetime as dt
from collections.abc import Callable, Sequence
from copy import copy
from decimal import Decimal
from typing import Any

from djmoney.money import Money

from crm.base.anchors import Anchor
from crm.brands.models import Brand
from crm.contracts.actions.drafting import draft
from crm.contracts.many.plan import Planned
from crm.contracts.many.terms import Sentence, Terms, day_of, sentence_forms
from crm.contracts.models import Bid, Contract, ContractWording, Party, PayLine, PromisedPost, UsageRight
from crm.contracts.works import days_of
from crm.exclusivity.actions.clauses import save_clause
from crm.exclusivity.forms import ClauseForm
from crm.team.models import User
from crm.timeline.models import Channel
from crm.timeline.record import Actor, subject_of

Write = Callable[[Planned], Contract]


def write(terms: Terms, sentences: Sequence[Sentence], user: User, *, at: dt.datetime, actor: Actor) -> Write:
    """The pen for many contracts: what they share is read once."""
    brand = Brand.objects.select_related("owner", "category").get(pk=terms.brand)
    wording = ContractWording.objects.select_related("template").get(pk=terms.wording)
    forms = [form for form in sentence_forms(sentences, brand, terms.zone, user) if form.is_valid()]

    def written(one: Planned) -> Contract:
        contract = draft(_blank(terms, brand, wording, one, user), [one.person], at=at, actor=actor)
        party = contract.parties.get(role=Party.Role.TALENT)
        posts = _add_posts(contract, party, one)
        _add_pay(contract, party, terms, one, at, actor)
        if terms.right:
            UsageRight.objects.create(contract=contract, kind=terms.right, days=terms.right_days)
        if forms:
            _keep_days(contract, party, posts)
            _add_promises(contract, party, forms, one, at=at, actor=actor)
        return contract

    return written


def _blank(terms: Terms, brand: Brand, wording: ContractWording, one: Planned, user: User) -> Contract:
    first, last = terms.days
    return Contract(
        kind=terms.kind, title=f"{terms.title} · {one.person.stage_name}"[:160], brand=brand, category_id=terms.category,
        owner=user, start_on=first, end_on=last, zone=terms.zone, language=one.person.language, wording=wording,
        offer_until_on=day_of(terms.offer_until_on),
    )  # fmt: skip


def _add_posts(contract: Contract, party: Party, one: Planned) -> list[PromisedPost]:
    rows = [
        PromisedPost(contract=contract, party=party, format=row) for row, count in one.formats for _post in range(count)
    ]
    return PromisedPost.objects.bulk_create(rows)


def _add_pay(contract: Contract, party: Party, terms: Terms, one: Planned, at: dt.datetime, actor: Actor) -> None:
    """Money and products as the rule parts them, and what is offered, as it was said."""
    parts = ((PayLine.Kind.CASH_FEE, one.cash, one.tax, ""), (PayLine.Kind.PRODUCT, one.in_kind, "", terms.in_kind))
    PayLine.objects.bulk_create(
        PayLine(contract=contract, party=party, kind=kind, amount=_money(amount, terms), tax=tax, note=note)
        for kind, amount, tax, note in parts
        if amount
    )
    if one.fee:
        Bid.objects.create(
            contract=contract, party=party, kind=Bid.Kind.OFFER, amount=_money(one.fee, terms), said=terms.said,
            channel=Channel.MITRA, at=at, noted_by_id=actor.user_id,
        )  # fmt: skip


def _money(amount: Decimal | None, terms: Terms) -> Any:
    return Money(amount or 0, terms.currency)


def _keep_days(contract: Contract, party: Party, posts: Sequence[PromisedPost]) -> None:
    """What her promises are counted from; nothing was known of a contract this new."""
    Anchor.objects.bulk_create(
        Anchor(
            work_ref=subject_of(party), ref=day.ref, kind=day.kind, first_on=day.first_on, last_on=day.last_on,
            zone=day.zone, happened_at=day.happened_at,
        )
        for day in days_of(contract, party, posts)
    )  # fmt: skip


def _add_promises(
    contract: Contract, party: Party, forms: Sequence[ClauseForm], one: Planned, *, at: dt.datetime, actor: Actor
) -> None:
    """The same sentences as hers, counted from the days of this contract."""
    for form in forms:
        clause = copy(form.clause())
        clause._state = copy(clause._state)
        clause.pk, clause.influencer, clause.work_ref, clause.work_label = (
            None,
            one.person,
            subject_of(party),
            contract.title,
        )
        save_clause(clause, {name: pks for name, pks in form.sets.items() if pks}, at=at, actor=actor)
