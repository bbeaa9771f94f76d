"""Who is a minor on a day: the age depends on the country, and countries change it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery

from crm.influencers.models import Influencer, MajorityAge

LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages of majority on one day, read once for as many people as there are."""

    by_country: Mapping[str, int]

    def age_for(self, country: str) -> int:
        """The country's own age, else that of everywhere else."""
        return self.by_country.get(country) or self.by_country.get("", MajorityAge.DEFAULT)

    def is_minor(self, person: Influencer, on: dt.date) -> bool:
        """Whether she is a minor on that day; without a birth date nobody is."""
        return self.is_below(person.birth_on, str(person.country), on)

    def is_below(self, birth_on: dt.date | None, country: str, on: dt.date) -> bool:
        return is_below(birth_on, self.age_for(country), on)

    def grows_up_on(self, person: Influencer) -> dt.date | None:
        """The birthday from which she signs for herself."""
        return birthday(person.birth_on, self.age_for(str(person.country))) if person.birth_on else None


def ages_on(on: dt.date) -> Ages:
    """The ages that are valid on the day, in one query; of two for a country the one that began later counts."""
    rows = MajorityAge.objects.valid_on(on).order_by(F("valid_from").asc(nulls_first=True), "pk")
    return Ages(dict(rows.values_list("country", "age")))


def age_of_majority(country: OuterRef, on: dt.date) -> Subquery:
    """The same answer as a column, for a query that reads the person anyhow."""
    rows = MajorityAge.objects.valid_on(on).filter(Q(country=country) | Q(country=""))
    newest = F("valid_from").desc(nulls_last=True)
    return Subquery(rows.order_by("-country", newest, "-pk").values("age")[:1])


def is_below(birth_on: dt.date | None, age: int | None, on: dt.date) -> bool:
    """Whether somebody born on that day is younger; without a birth date nobody is."""
    return birth_on is not None and on < birthday(birth_on, age or MajorityAge.DEFAULT)


def is_minor(person: Influencer, on: dt.date) -> bool:
    """One person on one day; asks the table only when her birth date is known."""
    return person.birth_on is not None and ages_on(on).is_minor(person, on)


def birthday(birth_on: dt.date, age: int) -> dt.date:
    """The day somebody becomes so old; who was born on 29 February on 1 March where there is none."""
    year = birth_on.year + age
    if (birth_on.month, birth_on.day) == LEAP_DAY and not _is_leap(year):
        return dt.date(year, 3, 1)
    return birth_on.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
