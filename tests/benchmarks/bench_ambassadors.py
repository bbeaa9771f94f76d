"""What the lists of ambassadors and the calendar cost among 2,000 deals, as ratios to the least such a page or look can do.

    python -m tests.benchmarks.bench_ambassadors [--rows 2000] [--rounds 5]

Runs on a private durable PostgreSQL, then on a SQLite file. The limit beside each page is the same session and user and one
query of its rows, joined as strings; the limit beside the calendar is one query that counts the deals. They answer in
turns, and medians and ratios are printed, never asserted.
"""

import datetime as dt
import os
import random
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.bench_settings")
os.environ.setdefault("MITRA_ALLOW_PLACEHOLDER", "1")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.middleware import AuthenticationMiddleware  # noqa: E402
from django.contrib.sessions.middleware import SessionMiddleware  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from djmoney.money import Money  # noqa: E402

from crm.ambassadors.models import (  # noqa: E402
    AmbassadorDeal,
    DealPeriod,
    DealReview,
    PeriodQuota,
    Program,
    QuotaLine,
    RetainerRate,
)
from crm.ambassadors.pay.upkeep import look  # noqa: E402
from crm.ambassadors.schedule.calendar import keep_in_order  # noqa: E402
from crm.ambassadors.schedule.upkeep import keep_deals  # noqa: E402
from crm.base.zones import local_date  # noqa: E402
from crm.brands.models import Brand, BrandOwner  # noqa: E402
from crm.contracts.models import Contract  # noqa: E402
from crm.influencers.models import Format, Influencer, MetricSnapshot, Platform, SocialAccount  # noqa: E402
from crm.team.models import Role, User  # noqa: E402
from tests.benchmarks.both import measured_on_both  # noqa: E402
from tests.benchmarks.watch import Watch  # noqa: E402

PAGES, PERIODS, SNAPSHOTS, PROGRAMS, LOOKS = 5, 8, 12, 20, 20
A_DAY, A_MONTH = dt.timedelta(days=1), dt.timedelta(days=30)
ZONE = "Asia/Jakarta"
PAGE_OF_LIST = 50


def fill(rows: int, owner: User, now: dt.datetime) -> None:
    """Deals of a year, most of them in their eighth month, with a quota, a retainer, closed periods and snapshots."""
    luck, today = random.Random(6), local_date(now, ZONE)
    house = BrandOwner.objects.create(name="Rumah")
    brands = [Brand.objects.create(name=f"Brand {number}", owner=house) for number in range(PROGRAMS)]
    programs = [Program.objects.create(name=f"Circle {one}", brand=one, owner=owner) for one in brands]
    platform, _made = Platform.objects.get_or_create(code="instagram", defaults={"name": "Instagram"})
    reel, _made = Format.objects.get_or_create(platform=platform, code="reel")
    people = Influencer.objects.bulk_create(Influencer(stage_name=f"Orang {n}", zone=ZONE) for n in range(rows))
    counted(people, platform, luck, now)
    chosen = [luck.choice(programs) for _person in people]
    contracts = Contract.objects.bulk_create(_contract(one, owner, today, now, luck) for one in chosen)
    deals = AmbassadorDeal.objects.bulk_create(
        AmbassadorDeal(contract=contract, influencer=person, program=program)
        for contract, person, program in zip(contracts, people, chosen, strict=True)
    )
    RetainerRate.objects.bulk_create(
        RetainerRate(deal=deal, amount=Money(5_000_000, "IDR"), from_on=today - 8 * A_MONTH) for deal in deals
    )
    lines = QuotaLine.objects.bulk_create(QuotaLine(deal=deal, format=reel) for deal in deals)
    DealReview.objects.bulk_create(
        DealReview(deal=deal, for_on=today + 90 * A_DAY, due_on=today + luck.randint(-5, 60) * A_DAY) for deal in deals
    )
    for line in lines:
        _periods(line, luck, today, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def counted(people: list[Influencer], platform: Platform, luck: random.Random, now: dt.datetime) -> None:
    """An account of each, counted every other week."""
    accounts = SocialAccount.objects.bulk_create(
        SocialAccount(influencer=one, platform=platform, handle=f"orang.{one.pk}", followers=50_000) for one in people
    )
    MetricSnapshot.objects.bulk_create(
        (
            MetricSnapshot(
                account=one, taken_at=now - 14 * number * A_DAY, followers=50_000, likes=luck.randint(600, 2_000)
            )
            for one in accounts
            for number in range(SNAPSHOTS)
        ),
        batch_size=5_000,
    )


def _contract(program: Program, owner: User, today: dt.date, now: dt.datetime, luck: random.Random) -> Contract:
    start = today - 8 * A_MONTH
    return Contract(
        kind="ambassador", title=f"Year of {program}", brand=program.brand, owner=owner, zone=ZONE, start_on=start,
        end_on=start + luck.randint(300, 500) * A_DAY, status="active", signed_at=now - 300 * A_DAY, text="x" * 4_000,
        text_sha256="a" * 64, renewal="auto", renew_months=12, notice_value=30,
    )  # fmt: skip


def _periods(line: QuotaLine, luck: random.Random, today: dt.date, now: dt.datetime) -> None:
    """Closed ones of the last months, and the one under way."""
    made = DealPeriod.objects.bulk_create(
        DealPeriod(
            deal=line.deal, number=number + 1, first_on=today - (PERIODS - number) * A_MONTH + 15 * A_DAY,
            last_on=today - (PERIODS - number - 1) * A_MONTH + 14 * A_DAY, active_days=30, nominal_days=30,
            state="closed" if number < PERIODS - 1 else "open", closed_at=now if number < PERIODS - 1 else None,
        )
        for number in range(PERIODS)
    )  # fmt: skip
    done = [luck.choice((1, 2, 3, 4)) for _period in made]
    PeriodQuota.objects.bulk_create(
        PeriodQuota(period=one, line=line, granted=4, delivered=many, left=4 - many)
        for one, many in zip(made, done, strict=True)
    )


def measure(rows: int, rounds: int) -> None:
    """The whole of it, on an empty database."""
    settings.ALLOWED_HOSTS = ["testserver"]
    now, began = timezone.now(), time.perf_counter()
    owner = User.objects.create_user("dinda@mitra.example", name="Dinda Ayuningrum", role=Role.OWNER)
    fill(rows, owner, now)
    print(
        f"{connection.vendor}: {rows} deals, {DealPeriod.objects.count()} periods, {time.perf_counter() - began:.0f} s"
    )
    client = Client()
    client.force_login(owner)
    listed = reverse("ambassadors")
    targets = {
        "the list of ambassadors": listed, "by name, behind with this period": f"{listed}?behind=on&sort=name",
        "those ending in 90 days": f"{listed}?standing=ending", "deals at risk": reverse("ambassadors-at-risk"),
        "the renewal queue": reverse("ambassador-renewals"),
        "the renewal queue, all": f"{reverse('ambassador-renewals')}?within=all",
    }  # fmt: skip
    for name, address in targets.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        print(f"  {name:<38} {len(asked)} queries, {len(page.content) // 1024} kB")
    idle = calendar_of_idle(now)
    watch = Watch()
    for _number in range(rounds):
        watch.each("one count of the deals", [AmbassadorDeal.objects.count] * PAGES)
        for name, look_once in idle.items():
            watch.each(name, [look_once] * PAGES)
        watch.each("the least a page can do", [lambda: least(client, owner)] * PAGES)
        for name, address in targets.items():
            watch.each(name, [lambda address=address: client.get(address)] * PAGES)  # type: ignore[misc]
    for name in targets:
        watch.say(name, "the least a page can do")
    for name in idle:
        watch.say(name, "one count of the deals")


def calendar_of_idle(now: dt.datetime) -> dict[str, Callable[[], object]]:
    """What the calendar asks when nothing is to be done: of the whole house, and of one deal a day."""
    deals = list(AmbassadorDeal.objects.order_by("pk").values_list("pk", flat=True)[:LOOKS])
    for pk in deals:
        keep_in_order(pk, now)
    AmbassadorDeal.objects.update(checked_on=local_date(now, ZONE))
    idle: dict[str, Callable[[], object]] = {
        "a tick over an idle house": lambda: (keep_deals(now), look(now)),
        "a deal in order, looked at": lambda: keep_in_order(deals[0], now),
    }
    for name, look_once in idle.items():
        with CaptureQueriesContext(connection) as asked:
            look_once()
        print(f"  {name:<38} {len(asked)} queries")
    return idle


def least(client: Client, owner: User) -> str:
    """Session, user, one query, joined strings: what no page of fifty rows is faster than."""
    request = RequestFactory().get("/", HTTP_COOKIE=client.cookies.output(header="", sep=";"))
    SessionMiddleware(lambda request: HttpResponse()).process_request(request)
    AuthenticationMiddleware(lambda request: HttpResponse()).process_request(request)
    assert request.user.pk == owner.pk
    rows = (
        AmbassadorDeal.objects.going_on()
        .order_by("contract__end_on")
        .values_list("influencer__stage_name", "program__name", "contract__end_on")
    )
    return "".join(f"<li>{name} {program} {on}</li>" for name, program, on in rows[:PAGE_OF_LIST])


if __name__ == "__main__":
    measured_on_both("tests.benchmarks.bench_ambassadors", __doc__, measure, rows=2_000)
