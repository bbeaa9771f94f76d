"""From which age people sign for themselves.

Indonesia has no one age: the marriage law, the child protection law and the Supreme Court's circular of 2012 say 18, the
Civil Code of 1847 says 21 unless married, and the data protection law asks a parent for a child without naming an age. 18
is what courts and notaries go by; a house that wants to be surer sets 21 in the admin, and that row then stays as it is.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.models import MajorityAge


class Age(NamedTuple):
    country: str
    age: int
    source: str
    url: str
    grade: str = Grade.EXPERT
    valid_from: dt.date | None = None


AGES = (
    Age(
        "",
        18,
        "UN Convention on the Rights of the Child, article 1",
        "https://archive.crin.org/en/home/rights/convention/articles/article-1-definition-child.html",
    ),
    Age(
        "ID",
        18,
        "UU 1/1974 pasal 47 dan 50, UU 35/2014 pasal 1, SEMA 7/2012: 18; KUHPerdata pasal 330: 21 bila belum kawin; "
        "UU PDP 27/2022 pasal 25: izin orang tua",
        "http://hwmalaw.com/read/2/legal-age-of-adult",
    ),
    Age(
        "MY",
        18,
        "Age of Majority Act 1971, section 2",
        "https://www.lawyerment.com/library/legislation/acts/1971/21/section/",
    ),
    Age(
        "JP",
        18,
        "Civil Code of Japan, article 4 (Act 59 of 2018)",
        "https://monolith.law/en/general-corporate/adult-20-18-civil-code",
        valid_from=dt.date(2022, 4, 1),
    ),
    Age(
        "KR",
        19,
        "Civil Act of Korea, article 4 (Act 10429 of 2011)",
        "https://k-labor.co.kr/main/klabor_01_view.html?pgubun=1&lang=en&find=&code1=27&chapter_idx=297",
    ),
    Age(
        "TH",
        20,
        "Civil and Commercial Code of Thailand, section 19",
        "http://library.siam-legal.com/thai-law/civil-and-commercial-code-natural-persons-sections-15-36/",
    ),
)


@seed(MajorityAge, "country", "valid_from")
def majority_ages() -> Iterator[MajorityAge]:
    for row in AGES:
        yield MajorityAge(
            country=row.country,
            age=row.age,
            source=row.source,
            source_url=row.url,
            valid_from=row.valid_from,
            grade=row.grade,
        )
