"""What the team found out about the demo's people: most are fine, one is held, one has signs, one is simply loved."""

import datetime as dt

from crm.base.zones import local_date
from crm.influencers.actions import refresh_main_account
from crm.influencers.models import Influencer, MetricSnapshot, SocialAccount
from crm.team.models import User
from crm.timeline.record import Actor
from crm.vetting.actions import Finding, Looked, clear_sign, keep_sample, override_hold, rate, record_checks
from crm.vetting.models import Check, CheckItem, ProfileSample
from crm.vetting.queries.rules import rules_on

WEEKS = 12
JUMP_WEEK = 9


def vet(people: list[Influencer], team: dict[str, User], now: dt.datetime) -> None:
    """Twelve people looked over; the first is held, the second has signs, the third is loved, the fifth goes ahead."""
    items = {item.code: item for item in CheckItem.objects.all()}
    for number, person in enumerate(people[:12]):
        look_over(person, number, items, team["coordinator"], now)
        give_marks(person, number, team, now)
    go_ahead(people[4], team["manager"], now)
    show_signs(people[1], team["coordinator"], now)
    show_love(people[2], team["coordinator"], now)


def look_over(person: Influencer, number: int, items: dict[str, CheckItem], user: User, now: dt.datetime) -> None:
    """Everything passed some weeks ago, but for what makes the season believable; what holds three months runs out soon."""
    at = now - dt.timedelta(days=24 + number * 6)
    findings = [found(items[code], person, number) for code in items if not (number % 4 == 3 and code == "competitors")]
    record_checks(person, findings, on=local_date(at, user.zone), user=user, at=at)


def found(item: CheckItem, person: Influencer, number: int) -> Finding:
    """One finding; two people failed a hard item, some leave a concern."""
    if number == 0 and item.code == "unsafe":
        words = "Live of 3 November shows an online gambling site for ten minutes, with a code."
        return Finding(item, "fail", words, f"https://www.instagram.com/{person.main_handle}/")
    if number == 4 and item.code == "scandals":
        words = "Was named in a quarrel about an unpaid invoice in 2024; two papers wrote about it."
        return Finding(item, "fail", words, "https://berita.example/2024/sengketa")
    if item.code == "disclosure" and number % 3 == 1:
        return Finding(item, "concern", "One of three paid posts carried no label; the two newer ones do.")
    if item.code == "competitors" and number % 5 == 2:
        return Finding(item, "concern", "A story for another serum in August; nothing since.")
    return Finding(
        item, "pass", "Scrolled through two years, nothing against us." if item.code == "past-content" else ""
    )


def go_ahead(person: Influencer, user: User, now: dt.datetime) -> None:
    """She failed a hard item, and somebody who may decide says why she is asked all the same."""
    failed = Check.objects.standing().get(influencer=person, verdict=Check.Verdict.FAIL)
    why = "The invoice was paid in March and both sides said so; the court closed the case."
    override_hold(failed, why, user=user, at=now - dt.timedelta(days=4))


def give_marks(person: Influencer, number: int, team: dict[str, User], now: dt.datetime) -> None:
    """Two colleagues rate; one of them changed her mind."""
    for months, role, shift in ((5, "coordinator", -1), (3, "manager", 0), (1, "coordinator", 0)):
        base = 3 + (number + len(role)) % 3 + shift
        marks = {
            aspect: min(5, max(1, base - (place + number) % 2))
            for place, aspect in enumerate(("visual", "storytelling", "taste", "consistency"))
        }
        note = "Warm light, her own words." if number % 2 else ""
        rate(person, marks, note, user=team[role], at=now - dt.timedelta(days=30 * months))


def main_account(person: Influencer) -> SocialAccount:
    return person.accounts.select_related("platform", "influencer").get(platform__code="instagram")


def show_signs(person: Influencer, user: User, now: dt.datetime) -> None:
    """Followers jumped while engagement fell; a look at the profile found more. One sign is cleared already."""
    account = main_account(person)
    followers, snapshots = 24_000.0, []
    for week in range(WEEKS + 1):
        followers *= 1.16 if week == JUMP_WEEK else 1.004 + week % 3 / 1000
        rate_now = 0.026 if week < JUMP_WEEK else 0.007
        snapshots.append(counted(account, now - dt.timedelta(days=(WEEKS - week) * 7 + 1), int(followers), rate_now))
    recount(account, snapshots, now)
    sample = ProfileSample(
        account=account, taken_on=local_date(now, user.zone), following=31_000, posts=412,
        like_counts=[int(190 + place % 3 * 6) for place in range(12)], comments_sampled=50, comments_alike=27,
        taken_by=user,
    )  # fmt: skip
    keep_sample(sample, at=now - dt.timedelta(hours=3), actor=Actor.user(user))
    clear_sign(
        account, "FOLLOW_RATIO", "Follows 31,000 accounts.",
        Looked("She follows back everybody who joins her running group; the list is public."),
        rule=rules_on(local_date(now, user.zone)).get("CLEARANCE"), on=local_date(now, user.zone), user=user,
        at=now - dt.timedelta(hours=2),
    )  # fmt: skip


def show_love(person: Influencer, user: User, now: dt.datetime) -> None:
    """Engagement far above every benchmark, and nothing else: worth a look, nothing bad."""
    account = main_account(person)
    counts = [counted(account, now - dt.timedelta(days=days), 12_600 - days * 6, 0.118) for days in (85, 57, 29, 1)]
    recount(account, counts, now)


def counted(account: SocialAccount, at: dt.datetime, followers: int, rate_now: float) -> MetricSnapshot:
    engaged = int(followers * rate_now)
    return MetricSnapshot(
        account=account, taken_at=at, followers=followers, posts=12, likes=int(engaged * 0.94),
        comments=int(engaged * 0.06), source="Counted by hand",
    )  # fmt: skip


def recount(account: SocialAccount, counts: list[MetricSnapshot], now: dt.datetime) -> None:
    """These counts take the place of the ones everybody got."""
    account.snapshots.standing().update(withdrawn_at=now)
    MetricSnapshot.objects.bulk_create(counts)
    account.followers, account.followers_at = counts[-1].followers, counts[-1].taken_at
    account.save(update_fields=["followers", "followers_at", "updated_at"])
    refresh_main_account(account.influencer)
