"""What the list of contracts and the clock cost among 20,000 contracts, as ratios to the least such a page can do.

    python -m tests.benchmarks.bench_contracts [--rows 20000] [--rounds 5]

Runs on a private durable PostgreSQL, then on a SQLite file. The limit beside each page is the same session and user and one
query of its rows, joined as strings; they answer in turns, and medians and ratios are printed, never asserted.
"""

import datetime as dt
import os
import random
import time

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

from crm.base.zones import local_date  # noqa: E402
from crm.brands.models import Brand, BrandOwner  # noqa: E402
from crm.contracts.models import Contract, Party, PayLine, UsageRight  # noqa: E402
from crm.influencers.models import Influencer  # noqa: E402
from crm.reminders.feeds import calendar_of  # noqa: E402
from crm.team.models import Role, User  # noqa: E402
from tests.benchmarks.both import measured_on_both  # noqa: E402
from tests.benchmarks.watch import Line, Watch  # noqa: E402

PEOPLE, BATCH, PAGES = 2_000, 2_000, 5
A_DAY = dt.timedelta(days=1)
ZONE = "Asia/Jakarta"
PAGE_OF_CLOCK = 50


def fill(rows: int, owner: User, now: dt.datetime) -> None:
    """Contracts over two years around today, one in three going on by itself, each with a fee and two rights."""
    luck, today = random.Random(6), local_date(now, ZONE)
    house = BrandOwner.objects.create(name="Rumah")
    brands = [Brand.objects.create(name=f"Merek {number}", owner=house) for number in range(20)]
    people = Influencer.objects.bulk_create(
        Influencer(stage_name=f"Orang {number}", zone=ZONE) for number in range(PEOPLE)
    )
    for first in range(0, rows, BATCH):
        made = Contract.objects.bulk_create(
            _contract(number, luck, brands, owner, today, now) for number in range(first, min(first + BATCH, rows))
        )
        Party.objects.bulk_create(
            Party(contract=one, role="talent", influencer=person, name=person.stage_name)
            for one in made for person in [luck.choice(people)]
        )  # fmt: skip
        PayLine.objects.bulk_create(PayLine(contract=one, amount=1_000_000) for one in made)
        UsageRight.objects.bulk_create(
            _right(one, kind, luck, now) for one in made for kind in ("paid_ads", "allow_listing")
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _contract(
    number: int, luck: random.Random, brands: list[Brand], owner: User, today: dt.date, now: dt.datetime
) -> Contract:
    start = today + A_DAY * luck.randint(-365, 30)
    end = start + A_DAY * luck.randint(90, 365)
    auto = number % 3 == 0 and end >= today
    return Contract(
        title=f"Contract {number}", brand=luck.choice(brands), owner=owner, zone=ZONE, start_on=start, end_on=end,
        status="active" if end >= today or auto else "ended", signed_at=now - 400 * A_DAY, text="x" * 4_000, text_sha256="a" * 64,
        renewal="auto" if auto else "none", renew_months=6 if auto else None, notice_value=30 if auto else None,
    )  # fmt: skip


def _right(contract: Contract, kind: str, luck: random.Random, now: dt.datetime) -> UsageRight:
    """As a house that keeps its clock has them: what is over is down, but for one in fifty."""
    assert contract.start_on is not None
    end = contract.start_on + A_DAY * luck.randint(30, 400)
    is_down = end < local_date(now, ZONE) and luck.random() > 0.02
    return UsageRight(
        contract=contract, kind=kind, counted_from="fixed", start_on=contract.start_on, end_on=end, extension=500_000,
        extension_days=30, down_at=now if is_down else None,
    )  # fmt: skip


def measure(rows: int, rounds: int) -> None:
    """The whole of it, on an empty database."""
    settings.ALLOWED_HOSTS = ["testserver"]
    now, began = timezone.now(), time.perf_counter()
    owner = User.objects.create_user("dinda@mitra.example", name="Dinda Ayuningrum", role=Role.OWNER)
    fill(rows, owner, now)
    print(
        f"{connection.vendor}: {rows} contracts, {UsageRight.objects.count()} rights, in {time.perf_counter() - began:.0f} s"
    )
    for line in watched(owner, now, rounds):
        print(line, flush=True)


def watched(owner: User, now: dt.datetime, rounds: int) -> list[Line]:
    """The pages beside the least a page can do, in turns."""
    client = Client()
    client.force_login(owner)
    targets = {"the list of contracts": reverse("contracts"), "the clock": reverse("clock"),
               "the clock, sixty days": f"{reverse('clock')}?within=60"}  # fmt: skip
    for name, address in targets.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        print(f"  {name:<38} {len(asked)} queries, {len(page.content) // 1024} kB")
    watch = Watch()
    for _number in range(rounds):
        watch.each("the least a page can do", [lambda: least(client, owner)] * PAGES)
        for name, address in targets.items():
            watch.each(name, [lambda address=address: client.get(address)] * PAGES)  # type: ignore[misc]
        watch.each("a calendar", [lambda: calendar_of(owner, now)])
    return [watch.line(name, "the least a page can do") for name in (*targets, "a calendar")]


def least(client: Client, owner: User) -> str:
    """Session, user, one query, joined strings: what no page of fifty rows is faster than."""
    request = RequestFactory().get("/", HTTP_COOKIE=client.cookies.output(header="", sep=";"))
    SessionMiddleware(lambda request: HttpResponse()).process_request(request)
    AuthenticationMiddleware(lambda request: HttpResponse()).process_request(request)
    assert request.user.pk == owner.pk
    rows = (
        UsageRight.objects.running()
        .order_by("end_on")
        .values_list("contract__title", "contract__brand__name", "end_on")
    )
    return "".join(f"<li>{title} {brand} {on}</li>" for title, brand, on in rows[:PAGE_OF_CLOCK])


if __name__ == "__main__":
    measured_on_both("tests.benchmarks.bench_contracts", __doc__, measure, rows=20_000)
