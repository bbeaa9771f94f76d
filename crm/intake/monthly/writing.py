"""Keeping monthly numbers, and withdrawing them: snapshots, the accounts' own counts, the people's tiers."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.bulk import insert, reserve_ids, update
from crm.base.models import Organisation
from crm.influencers.models import Influencer, MetricSnapshot, SocialAccount
from crm.influencers.tiers import ladder
from crm.intake.kinds import Outcome, Reason
from crm.intake.models import Intake, IntakeLine
from crm.intake.monthly.judging import NAMES, on_file
from crm.timeline.record import Actor, entry, record_about

SNAPSHOT = ("id", "account_id", "taken_at", "source", *NAMES)
MAIN = ("main_platform_id", "main_handle", "followers", "tier_code")
RATE = "engagement_rate"


def write(run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
    """Keep the months that are not on file. The accounts are held, so no month is ever kept twice."""
    accounts = held({line.facts["account"] for line in lines})
    moments = {dt.datetime.fromisoformat(at) for line in lines for at, _figures in line.facts["months"]}
    known = set(on_file(accounts, moments))
    ids = iter(reserve_ids(MetricSnapshot, sum(len(line.facts["months"]) for line in lines)))
    rows: list[tuple[Any, ...]] = []
    outcomes = []
    for line in lines:
        account = accounts.get(line.facts["account"])
        made: dict[str, Any] = {}
        if account is not None:
            made = {"before": [account.followers, iso(account.followers_at)], "account": account.pk, "snapshots": []}
            for said_at, figures in line.facts["months"]:
                at = dt.datetime.fromisoformat(said_at)
                if (account.pk, at) not in known:
                    known.add((account.pk, at))
                    made["snapshots"].append(next(ids))
                    rows.append((made["snapshots"][-1], account.pk, at, run.file_name, *values_of(figures)))
                    recount(account, at, figures)
        outcomes.append(outcome(line, account is not None, made))
    insert(MetricSnapshot, SNAPSHOT, rows, now=now)
    counted = {outcome.made["account"] for outcome in outcomes if outcome.made}
    follow([accounts[pk] for pk in counted], now)
    tell(_("Monthly numbers from “%(file)s”"), "account.counted", run, [accounts[pk] for pk in counted], now, actor)
    return outcomes


def outcome(line: IntakeLine, is_there: bool, made: dict[str, Any]) -> Outcome:
    if not is_there:
        return Outcome(line, IntakeLine.Verdict.CONFLICT, [("account-gone", "", "")])
    if not made["snapshots"]:
        return Outcome(line, IntakeLine.Verdict.UNCHANGED, [("there-meanwhile", "", "")])
    return Outcome(line, line.verdict, (), made)


def values_of(figures: dict[str, str]) -> list[Any]:
    """The figures in the order of the columns."""
    return [
        None if name not in figures else Decimal(figures[name]) if name == RATE else int(figures[name])
        for name in NAMES
    ]


def recount(account: SocialAccount, at: dt.datetime, figures: dict[str, str]) -> None:
    """The newest count of followers becomes the account's own."""
    if "followers" in figures and (account.followers_at is None or at >= account.followers_at):
        account.followers, account.followers_at = int(figures["followers"]), at


def iso(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def held(pks: Collection[int]) -> dict[int, SocialAccount]:
    rows = SocialAccount.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return {row.pk: row for row in rows.select_related("influencer")}


def take_back(run: Intake, lines: Sequence[IntakeLine], *, now: dt.datetime, actor: Actor) -> list[Outcome]:
    """Withdraw what the lines kept; accounts follow what still stands, or what they had before."""
    accounts = held({line.made["account"] for line in lines})
    made = [pk for line in lines for pk in line.made["snapshots"]]
    mine = MetricSnapshot.objects.standing().filter(pk__in=made)
    withdrawn = set(mine.exclude(followers=None).values_list("account_id", "taken_at"))
    mine.update(withdrawn_at=now)
    before = {line.made["account"]: line.made["before"] for line in lines}
    shown = [account for account in accounts.values() if (account.pk, account.followers_at) in withdrawn]
    standing = newest_counts([account.pk for account in shown])
    for account in shown:
        account.followers, account.followers_at = standing.get(account.pk) or earlier(before[account.pk])
    follow(shown, now)
    tell(_("Monthly numbers from “%(file)s” withdrawn"), "account.withdrawn", run, accounts.values(), now, actor)
    return [Outcome(line, line.verdict, list[Reason]()) for line in lines]


def newest_counts(accounts: Collection[int]) -> dict[int, tuple[int | None, dt.datetime | None]]:
    """The newest standing count of followers of each account."""
    rows = MetricSnapshot.objects.standing().filter(account_id__in=accounts).exclude(followers=None)
    found: dict[int, tuple[int | None, dt.datetime | None]] = {}
    for account, followers, at in rows.newest_first().values_list("account_id", "followers", "taken_at"):
        found.setdefault(account, (followers, at))
    return found


def earlier(before: Sequence[Any]) -> tuple[int | None, dt.datetime | None]:
    followers, at = before
    return followers, dt.datetime.fromisoformat(at) if at else None


def follow(counted: Sequence[SocialAccount], now: dt.datetime) -> None:
    """Write the accounts' counts, and platform, handle, followers and tier of their people."""
    update(
        SocialAccount,
        ("followers", "followers_at", "updated_at"),
        [(account.pk, account.followers, account.followers_at, now) for account in counted],
    )
    people = {account.influencer_id for account in counted}
    rungs = ladder(Organisation.load().tier_scheme, now.date())
    main: dict[int, tuple[Any, ...]] = {}
    for account in SocialAccount.objects.filter(influencer_id__in=people).largest_first():
        tier = rungs.tier(account.followers)
        code = account.tier_override or (tier.code if tier else "")
        facts = (account.platform_id, account.handle, account.followers, code)
        main.setdefault(account.influencer_id, (account.influencer_id, *facts))
    update(Influencer, MAIN, main.values())


def tell(
    sentence: Any, verb: str, run: Intake, accounts: Iterable[SocialAccount], now: dt.datetime, actor: Actor
) -> None:
    """One entry in the story of each person."""
    people = {account.influencer_id: account.influencer.stage_name for account in accounts}
    told = entry(verb, sentence, at=now, actor=actor, params={"file": run.file_name})
    record_about(told, [(pk, name, {}) for pk, name in people.items()])
