import datetime as dt

import pytest

from crm.base.models import Grade, Holiday
from crm.base.seeding import lay_all
from crm.base.windows import next_working_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def laid() -> None:
    lay_all()


@pytest.mark.parametrize(("year", "public", "leave"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_each_year_has_the_days_its_decree_counts(year: int, public: int, leave: int) -> None:
    days = Holiday.objects.filter(country="ID", on__year=year)

    assert days.filter(kind=Holiday.Kind.PUBLIC).count() == public
    assert days.filter(kind=Holiday.Kind.JOINT_LEAVE).count() == leave


def test_joint_leave_falls_on_days_people_would_work() -> None:
    leave = Holiday.objects.filter(kind=Holiday.Kind.JOINT_LEAVE)
    public = set(Holiday.objects.filter(kind=Holiday.Kind.PUBLIC).values_list("on", flat=True))

    assert [day.on for day in leave if day.on.weekday() > 4 or day.on in public] == []


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_good_friday_easter_and_ascension_keep_their_distance(year: int) -> None:
    on = {day.name_en: day.on for day in Holiday.objects.filter(on__year=year, kind=Holiday.Kind.PUBLIC)}

    assert on["Good Friday"] == on["Easter Sunday"] - dt.timedelta(days=2)
    assert on["Ascension Day"] == on["Easter Sunday"] + dt.timedelta(days=39)


def test_the_week_of_eid_2026_is_free_from_silence_to_tuesday() -> None:
    holidays = Holiday.objects.free_days("ID")

    assert next_working_day(dt.date(2026, 3, 17), holidays) == dt.date(2026, 3, 25)


def test_every_holiday_names_its_decree_and_how_far_it_can_be_trusted() -> None:
    day = Holiday.objects.get(on=dt.date(2027, 3, 9))

    assert day.name_en == "Joint leave: Eid al-Fitr"
    assert day.name_id == "Cuti bersama Idulfitri"
    assert day.source == "SKB 3 Menteri 1205/2026, 3/2026, 2/2026"
    assert (day.grade, day.source_year) == (Grade.EXPERT, 2026)
    assert not Holiday.objects.filter(source="").exists()


def test_a_day_the_house_works_on_is_switched_off_by_its_validity() -> None:
    leave = dt.date(2026, 5, 15)
    Holiday.objects.filter(on=leave).update(valid_to=dt.date(2026, 1, 1))

    assert leave not in Holiday.objects.free_days("ID")
    assert dt.date(2026, 5, 14) in Holiday.objects.free_days("ID")
    assert Holiday.objects.free_days("SG") == frozenset()
