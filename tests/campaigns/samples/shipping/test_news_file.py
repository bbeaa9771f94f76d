"""A courier's file: shown before it is kept, each line with its result, the same file twice once."""

import datetime as dt

import pytest

from campaigns.samples.models import Shipment, ShipmentEvent
from campaigns.samples.shipping.news_file import ParcelNews
from campaigns.samples.shipping.news_rows import moment_of, target_of
from crm.base.models import Organisation
from crm.intake import actions
from crm.intake.models import Intake
from crm.intake.rehearsal import rehearse
from crm.intake.writing import write
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.campaigns.samples.parcels import NOW, a_parcel

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=3)


def bring(user: User, *lines: str, do_write: bool = True) -> Intake:
    text = "\n".join(["No Resi;Tanggal;Jam;Keterangan;Kota", *lines])
    run = actions.take(ParcelNews(), "jne.csv", text.encode(), user=user)
    actions.choose_columns(run, run.columns["targets"], {}, now=LATER, actor=SYSTEM)
    rehearse(run, now=LATER)
    if do_write:
        run.confirm(at=LATER, actor=SYSTEM)
        write(run, now=LATER)
    return run


def verdicts(run: Intake) -> list[str]:
    return list(run.lines.order_by("line").values_list("verdict", flat=True))


LINES = (
    "0112345678;22/11/2026;14:30;DELIVERED TO [KIRANA];Bandung",
    "0112345678;21/11/2026;08:00;With delivery courier;Bandung",
    "0199999999;21/11/2026;08:00;In transit;",
    "0112345678;kapan-kapan;;In transit;",
    ";21/11/2026;08:00;In transit;",
)


def test_the_dry_run_keeps_nothing_and_says_what_it_would_do(coordinator: User, organisation: Organisation) -> None:
    parcel = a_parcel(status="shipped", waybill="0112345678")
    run = bring(coordinator, *LINES, do_write=False)
    assert verdicts(run) == ["new", "new", "unknown", "rejected", "rejected"]
    parcel.refresh_from_db()
    assert (parcel.status, ShipmentEvent.objects.count()) == ("shipped", 0)


def test_the_file_moves_the_parcel_and_the_same_file_again_changes_nothing(
    coordinator: User, organisation: Organisation
) -> None:
    parcel = a_parcel(status="shipped", waybill="0112345678")
    bring(coordinator, *LINES)
    parcel.refresh_from_db()
    assert (parcel.status, parcel.delivered_at) == ("delivered", dt.datetime(2026, 11, 22, 7, 30, tzinfo=dt.UTC))
    assert ShipmentEvent.objects.count() == 2
    assert verdicts(bring(coordinator, *LINES))[:2] == ["unchanged", "unchanged"]
    assert (ShipmentEvent.objects.count(), Shipment.objects.get().status) == (2, "delivered")


@pytest.mark.parametrize(
    ("text", "clock", "zone", "said"),
    [
        ("2026-11-22 14:30", "", "Asia/Jakarta", dt.datetime(2026, 11, 22, 7, 30, tzinfo=dt.UTC)),
        ("22 Nov 2026 14.30", "", "Europe/London", dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC)),
        ("22/11/2026", "14:30", "Asia/Jakarta", dt.datetime(2026, 11, 22, 7, 30, tzinfo=dt.UTC)),
        ("2026-11-22T14:30:00+08:00", "", "Asia/Jakarta", dt.datetime(2026, 11, 22, 6, 30, tzinfo=dt.UTC)),
        ("22/11/2026", "", "Asia/Jakarta", dt.datetime(2026, 11, 22, 5, 0, tzinfo=dt.UTC)),
        ("soon", "", "Asia/Jakarta", None),
    ],
)
def test_moments_are_read_where_the_couriers_clock_hangs(
    text: str, clock: str, zone: str, said: dt.datetime | None
) -> None:
    assert moment_of(text, clock, zone, LATER) == said


def test_headings_in_both_languages() -> None:
    names = ("No. Resi", "AWB", "Tanggal", "Jam", "Keterangan", "Status", "Kota", "Berat")
    assert [target_of(name) for name in names] == ["waybill", "waybill", "at", "clock", "words", "words", "place", ""]
