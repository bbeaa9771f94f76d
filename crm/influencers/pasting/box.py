"""The paste box: handles and addresses become prospects, each once, whoever else pastes at the same moment."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.db import IntegrityError, transaction

from crm.base.models import Organisation
from crm.influencers.actions.accounts import add_account
from crm.influencers.actions.people import add_person
from crm.influencers.bulk_runs.together import Result
from crm.influencers.imports.values.accounts import Account
from crm.influencers.models import BulkRow, BulkRun, Influencer, Platform, SocialAccount
from crm.influencers.pasting.lines import Found
from crm.timeline.record import Actor

Outcome = BulkRow.Outcome
LABEL = 200


def verdicts(found: Iterable[Found]) -> Iterator[BulkRow]:
    """What would become of each: new, known already, twice in this text, not understood."""
    several = list(found)
    owners = owners_of([account for one in several for account in one.accounts])
    names = dict(Platform.objects.values_list("code", "name"))
    seen: set[Account] = set()
    for one in several:
        row = BulkRow(label=one.text[:LABEL], data=_data(one, names), outcome=Outcome.LEFT_OUT)
        known = next((owners[account] for account in one.accounts if account in owners), None)
        is_strange = any(account.platform not in names for account in one.accounts)
        if one.problem or is_strange:
            row.reason = [one.problem or "unknown-address", {}]
        elif seen & set(one.accounts):
            row.reason = ["twice", {}]
        elif known:
            row.outcome, row.reason, row.influencer_ref = Outcome.SAME, ["known", {}], known
        else:
            row.outcome = Outcome.WAITING
        seen.update(one.accounts)
        yield row


def _data(one: Found, names: dict[str, str]) -> dict[str, object]:
    shown = ", ".join(f"{names.get(account.platform, account.platform)} @{account.handle}" for account in one.accounts)
    return {"accounts": [list(account) for account in one.accounts], "shown": shown}


def owners_of(accounts: Sequence[Account]) -> dict[Account, int]:
    """Whose these accounts are; what belonged to somebody merged belongs to whom she goes on as."""
    handles = sorted({account.handle for account in accounts})
    rows = SocialAccount.objects.filter(handle__among=handles)
    found = rows.values_list("platform__code", "handle", "influencer_id", "influencer__merged_into_id")
    wanted = set(accounts)
    owners = {Account(platform, handle): merged or owner for platform, handle, owner, merged in found}
    return {account: owner for account, owner in owners.items() if account in wanted}


def add_prospects(rows: Sequence[BulkRow], run: BulkRun, at: dt.datetime, actor: Actor) -> dict[int, Result]:
    """Add a person for each row that still has none. In the order of handles, so that two who paste never wait in a ring."""
    house = Organisation.load()
    platforms = {platform.code: platform for platform in Platform.objects.all()}
    results: dict[int, Result] = {}
    for row in sorted(rows, key=lambda row: str(row.data["accounts"])):
        accounts = [Account(*account) for account in row.data["accounts"]]
        person = Influencer(
            stage_name=accounts[0].handle[:120],
            language=house.language,
            zone=house.zone,
            country=house.country,
            owner_id=run.data.get("owner"),
        )
        results[row.place] = _add(
            person, [SocialAccount(platform=platforms[one.platform], handle=one.handle) for one in accounts], at, actor
        )
    return results


def _add(person: Influencer, accounts: list[SocialAccount], at: dt.datetime, actor: Actor) -> Result:
    known = _owner(accounts)
    if known is not None:
        return Result(Outcome.SAME, ["known", {}], known)
    try:
        with transaction.atomic():
            add_person(person, account=accounts[0], at=at, actor=actor)
            for account in accounts[1:]:
                add_account(person, account, at=at, actor=actor)
    except IntegrityError:
        known = _owner(accounts)
        if known is None:
            raise
        return Result(Outcome.SAME, ["known", {}], known)
    return Result(Outcome.CHANGED, [], person.pk)


def _owner(accounts: list[SocialAccount]) -> int | None:
    return next(iter(owners_of([Account(one.platform.code, one.handle) for one in accounts]).values()), None)
