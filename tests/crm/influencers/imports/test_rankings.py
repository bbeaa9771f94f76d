"""The public ranking tables, where they are at hand: two months of one platform, and another platform."""

import csv as spreadsheet
from collections import Counter

import pytest
from django.db.models import Count

from crm.influencers.models import Influencer, MetricSnapshot, SocialAccount
from tests.crm.influencers.imports.conftest import Import, shared

pytestmark = pytest.mark.django_db


def handles(name: str) -> list[str]:
    with shared(name).open(encoding="utf-8-sig", newline="") as file:
        return [row["AccountName"].strip().lower() for row in spreadsheet.DictReader(file)]


def test_september_then_october_is_one_person_with_two_snapshots_each(imported: Import) -> None:
    september, october = handles("real/instagram_2022_09.csv"), handles("real/instagram_2022_10.csv")

    first = imported("instagram_2022_09.csv", shared("real/instagram_2022_09.csv").read_bytes())
    second = imported("instagram_2022_10.csv", shared("real/instagram_2022_10.csv").read_bytes())

    both, only_one = set(september) & set(october), set(september) ^ set(october)
    assert Influencer.objects.count() == len(both) + len(only_one)
    found = SocialAccount.objects.annotate(times=Count("snapshots")).values_list("handle", "times")
    assert dict(found) == dict.fromkeys(both, 2) | dict.fromkeys(only_one, 1)
    assert (first.counts["new"], first.counts["duplicate"]) == (
        len(set(september)),
        len(september) - len(set(september)),
    )
    assert (second.counts["update"], second.counts["new"]) == (len(both), len(set(october) - set(september)))
    assert second.counts["duplicate"] == len(october) - len(set(october))


def test_the_other_platform_adds_its_own_accounts_and_figures(imported: Import) -> None:
    run = imported("tiktok_2022_10.csv", shared("real/tiktok_2022_10.csv").read_bytes())

    expected = handles("real/tiktok_2022_10.csv")
    assert Counter(SocialAccount.objects.values_list("platform__code", flat=True)) == {"tiktok": len(set(expected))}
    assert MetricSnapshot.objects.filter(views__isnull=False, shares__isnull=False).count() == len(set(expected))
    assert run.counts["rejected"] == run.counts["conflict"] == 0
