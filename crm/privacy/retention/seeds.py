"""Each kind of data that has an end begins with the days its room proposes; from then on the house decides."""

from collections.abc import Iterator

from crm.base.models import Grade
from crm.base.places import kept_for
from crm.base.seeding import seed
from crm.privacy.models import RetentionRule

LAW = "UU 27/2022 (Pelindungan Data Pribadi), pasal 16, 42, 43"
LAW_URL = "https://peraturan.bpk.go.id/Details/229798/uu-no-27-tahun-2022"


@seed(RetentionRule, "key")
def retention_rules() -> Iterator[RetentionRule]:
    """The law says "no longer than needed"; how many days that is, is our own choice unless a room names its source."""
    for placed in kept_for.all():
        yield RetentionRule(
            key=placed.key,
            days=placed.words["days"],
            is_on=placed.words.get("is_on", True),
            asks_first=placed.words.get("asks_first", False),
            source=placed.words.get("source", LAW),
            source_url=placed.words.get("source_url", LAW_URL),
            source_year=placed.words.get("source_year", 2022),
            grade=placed.words.get("grade", Grade.HOUSE),
        )
