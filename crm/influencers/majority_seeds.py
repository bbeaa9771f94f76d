"""From which age people sign for themselves."""

import datetime as dt
from collections.abc import Iterator

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.models import MajorityAge

TREATY = "UN Convention on the Rights of the Child, article 1"
JAPAN = "Civil Code of Japan, article 4 (Act 59 of 2018)"

AGES: tuple[tuple[str, int, str, dt.date | None], ...] = (
    ("", 18, TREATY, None),
    ("ID", 18, "UU 1/1974 pasal 47 dan 50; UU 35/2014 pasal 1 angka 1", None),
    ("MY", 18, "Age of Majority Act 1971, section 2", None),
    ("JP", 18, JAPAN, dt.date(2022, 4, 1)),
    ("KR", 19, "Civil Act of Korea, article 4", None),
    ("TH", 20, "Civil and Commercial Code of Thailand, section 19", None),
)


@seed(MajorityAge, "country", "valid_from")
def majority_ages() -> Iterator[MajorityAge]:
    for country, age, source, valid_from in AGES:
        yield MajorityAge(country=country, age=age, source=source, valid_from=valid_from, grade=Grade.ARTICLE)
