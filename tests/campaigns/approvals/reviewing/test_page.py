"""The page of one version."""

import pytest
from django.test import Client

from campaigns.approvals.models import ContentAsset
from campaigns.planning.models import Deliverable
from crm.base.models import StoredFile
from tests.campaigns.approvals.reviewing.conftest import Hand

pytestmark = pytest.mark.django_db


def test_the_newest_stands_beside_the_one_before_word_by_word(
    as_coordinator: Client, reel: Deliverable, hand: Hand
) -> None:
    hand(reel, 1, status="changes", caption="Serum cocok buat puasa")
    version = hand(reel, 2, caption="Serum nyaman buat puasa")
    shown = as_coordinator.get(f"/reviews/{version.pk}/").content.decode()
    assert "Salsa Prameswari, Draft 2" in shown
    assert '<del data-at="6">cocok </del>' in shown
    assert '<ins data-at="6">nyaman </ins>' in shown
    assert "1 of 1 waiting" in shown


def test_a_lone_version_is_compared_with_nothing(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    version = hand(reel, 1, caption="Serum cocok")
    shown = as_coordinator.get(f"/reviews/{version.pk}/").content.decode()
    assert '<span data-at="0">Serum cocok</span>' in shown
    assert "<ins" not in shown


@pytest.mark.parametrize(
    ("mime", "file", "shown"),
    [
        ("image/png", "kept/a", "<pin-pad"),
        ("video/mp4", "kept/a", "<video"),
        ("application/pdf", "kept/a", "Opens in its own tab."),
        ("image/png", "", "This file is no longer kept. What it was stays on record: SHA-256 aaaaaaaaaaaa…"),
    ],
)
def test_each_kind_of_file_is_shown_its_way(
    as_coordinator: Client, reel: Deliverable, hand: Hand, mime: str, file: str, shown: str
) -> None:
    version = hand(reel, 1)
    kept = StoredFile.objects.create(file=file, label="a", mime=mime, size=7, sha256="a" * 64)
    ContentAsset.objects.create(version=version, file=kept, label="a", mime=mime, size=7, sha256="a" * 64)
    assert shown in as_coordinator.get(f"/reviews/{version.pk}/").content.decode()


def test_a_link_says_that_its_file_is_not_held(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    version = hand(reel, 1, link="https://contoh.example/draf")
    shown = as_coordinator.get(f"/reviews/{version.pk}/").content.decode()
    assert "The file lies elsewhere and is not held here." in shown


def test_any_two_versions_are_compared(as_coordinator: Client, reel: Deliverable, hand: Hand) -> None:
    versions = [hand(reel, number, caption=f"Serum {number}") for number in (1, 2, 3)]
    address = f"/reviews/{versions[2].pk}/"
    assert as_coordinator.get(address).context["page"].other.version == versions[1]
    assert as_coordinator.get(f"{address}?against=1").context["page"].other.version == versions[0]
    assert as_coordinator.get(f"{address}?against=9").context["page"].other.version == versions[1]
    older = as_coordinator.get(f"/reviews/{versions[0].pk}/").content.decode()
    assert "A newer version came" in older
