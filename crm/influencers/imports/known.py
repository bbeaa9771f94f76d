"""Everybody on file whom a batch of rows could mean, loaded with one query per table whatever the batch's size."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Upper

from crm.influencers.imports.facts import Facts
from crm.influencers.imports.mapping import FIGURES
from crm.influencers.imports.values import Account, Price
from crm.influencers.imports.verdicts import Known, KnownAccount, KnownPerson
from crm.influencers.models import Influencer, MetricSnapshot, Note, Platform, RateCard, Representation, SocialAccount
from crm.influencers.places import declared_bars


class MergedMeanwhile(Exception):
    """Somebody was merged into somebody else after her accounts were looked up: look again."""


FIGURE_FIELDS = sorted(meaning.value for meaning in FIGURES)


def load(
    batch: Iterable[Facts], counted_at: dt.datetime, *, chosen: Iterable[int | None] = (), lock: bool = False
) -> Known:
    """Who is on file for these rows. With `lock` their rows stay as they are until the transaction ends.

    `chosen` are people somebody said rows are about; whoever was merged since stands for the one she was merged into.
    """
    rows = list(batch)
    owners = _owners({account for facts in rows for account in facts.accounts})
    alike = _namesakes({facts.name for facts in rows if not facts.accounts})
    settled = _settled({pk for pk in chosen if pk})
    people = _people({*owners.values(), *alike, *settled.values()}, counted_at, lock=lock)
    known = Known({account: people[pk] for account, pk in owners.items() if pk in people})
    known.chosen = {pk: people[stays] for pk, stays in settled.items() if stays in people}
    for pk in alike:
        known.by_name.setdefault(people[pk].name.casefold(), []).append(people[pk])
    return known


def _owners(accounts: set[Account]) -> dict[Account, int]:
    """Whose the accounts are; what belongs to somebody merged belongs to whom she was merged into."""
    handles: dict[str, list[str]] = defaultdict(list)
    for account in accounts:
        handles[account.platform].append(account.handle)
    found: dict[Account, int] = {}
    for platform, names in handles.items():
        # A value instead of a join lets the index of platform and handle answer.
        there = Platform.objects.filter(code=platform).values("pk")[:1]
        rows = SocialAccount.objects.filter(platform_id=there, handle__among=names)
        for handle, owner, merged in rows.values_list("handle", "influencer_id", "influencer__merged_into_id"):
            found[Account(platform, handle)] = merged or owner
    return found


def _settled(chosen: set[int]) -> dict[int, int]:
    if not chosen:
        return {}
    rows = Influencer.objects.filter(pk__among=chosen).not_forgotten().values_list("pk", "merged_into_id")
    return {pk: merged or pk for pk, merged in rows}


def _namesakes(names: set[str]) -> list[int]:
    if not names:
        return []
    wanted: list[Any] = [Upper(Value(name)) for name in names]
    alike = Influencer.objects.filter(archived_at=None, merged_into__archived_at=None, name_key__in=wanted)
    return sorted({merged or pk for pk, merged in alike.values_list("pk", "merged_into_id")})


def _people(pks: set[int], counted_at: dt.datetime, *, lock: bool) -> dict[int, KnownPerson]:
    if not pks:
        return {}
    rows = Influencer.objects.filter(pk__among=pks).order_by("pk")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    people: dict[int, KnownPerson] = {}
    fields = ("pk", "merged_into", "stage_name", "legal_name", "city", "country", "birth_on", "do_not_contact_at")
    for pk, merged, name, legal_name, city, country, birth_on, barred_at in rows.values_list(*fields):
        if lock and merged is not None:
            raise MergedMeanwhile(name)
        values = {"stage_name": name, "legal_name": legal_name, "city": city, "country": str(country or "")}
        values["birth_on"] = birth_on.isoformat() if birth_on else ""
        people[pk] = KnownPerson(pk, name, values, do_not_contact=barred_at is not None)
    _add_accounts(people, counted_at)
    _add_contacts(people)
    _add_rest(people, counted_at.date())
    return people


def _add_accounts(people: dict[int, KnownPerson], counted_at: dt.datetime) -> None:
    by_pk: dict[int, KnownAccount] = {}
    accounts = SocialAccount.objects.filter(influencer_id__among=people).order_by("pk")
    fields = ("pk", "influencer_id", "platform__code", "handle", "followers", "followers_at", "tier_override")
    for pk, owner, platform, handle, followers, at, tier in accounts.values_list(*fields):
        by_pk[pk] = KnownAccount(pk, Account(platform, handle), followers, at, tier)
        people[owner].accounts.append(by_pk[pk])
    snapshots = MetricSnapshot.objects.standing().filter(account_id__among=by_pk, taken_at=counted_at)
    for pk, *figures in snapshots.values_list("account_id", *FIGURE_FIELDS):
        by_pk[pk].figures.append(_figures(figures))


def _figures(values: Sequence[Any]) -> dict[str, str]:
    """Figures on file as a row would say them."""
    said = {}
    for name, value in zip(FIGURE_FIELDS, values, strict=True):
        if value is not None:
            said[name] = format(value.normalize(), "f") if name == "engagement_rate" else str(value)
    return said


def _add_contacts(people: dict[int, KnownPerson]) -> None:
    own = Representation.objects.filter(influencer_id__among=people, capacity=Representation.Capacity.SELF)
    # Numbers are kept in E.164: as text they need not be parsed again.
    phone, whatsapp = (Cast(f"contact__{name}", CharField(max_length=128)) for name in ("phone", "whatsapp"))
    fields = ("influencer_id", "contact_id", phone, whatsapp, "contact__email")
    for owner, pk, number, chat, email in own.values_list(*fields):
        people[owner].contact_pk = pk
        people[owner].values |= {"phone": number or "", "whatsapp": chat or "", "email": email.casefold()}


def _add_rest(people: dict[int, KnownPerson], on: dt.date) -> None:
    niches = Influencer.niches.through.objects.filter(influencer_id__among=people)
    for owner, slug in niches.values_list("influencer_id", "niche__slug"):
        people[owner].niches.add(slug)
    for owner, text in Note.objects.filter(influencer_id__among=people).values_list("influencer_id", "text"):
        people[owner].lines |= {text, *text.splitlines()}
    for placed in declared_bars.all():
        for owner, words in placed.call().known(people):
            people[owner].lines.add(words)
    rates = RateCard.objects.filter(influencer_id__among=people)
    fields = ("influencer_id", "as_said", "price", "price_to", "format__code", "price_currency")
    what = ("format__platform__code", "valid_from", "account_id", "package")
    for owner, said, low, high, content, currency, platform, begins, *narrower in rates.values_list(*fields, *what):
        people[owner].prices.add(Price(low, high or low, content or "", currency))
        people[owner].prices_said |= {said} - {""}
        if begins == on and not any(narrower):
            people[owner].priced.add((platform or "", content or ""))
