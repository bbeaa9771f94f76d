"""A row that would make somebody new although somebody on file looks like her says so, and a person settles it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.models import ImportRun, Influencer, SocialAccount
from tests.crm.influencers.imports.conftest import Import

pytestmark = pytest.mark.django_db

Commit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
KNOWN = b"Nama,Akun IG,Kota,No. WA\nSekar Larasati,@sekar.larasati,Malang,081200000001\nOka Wirawan,@oka.w,Medan,\n"
SAME = b"Nama,Akun TikTok,No. WA\nLarasati Sekar,@sekarlarasati,081200000001\nVina Paramitha,@vina.p,\n"


def confirmed(client: Client, run: ImportRun, commit: Commit) -> None:
    with commit(execute=True):
        client.post(reverse("import-confirm", args=[run.pk]))


def test_somebody_who_looks_like_her_is_named_with_what_speaks_for_it(
    as_coordinator: Client, imported: Import, rehearse: Import
) -> None:
    imported("a.csv", KNOWN)
    sekar = Influencer.objects.get(stage_name="Sekar Larasati")

    run = rehearse("b.csv", SAME)

    first, other = as_coordinator.get(reverse("import-run", args=[run.pk])).context["lines"]
    said = next(sentence for sentence in first.sentences if sentence.startswith("Looks like"))
    assert said.startswith("Looks like Sekar Larasati (@sekar.larasati Malang): The same phone number;")
    assert first.alike == [(reverse("person", args=[sekar.pk]), "Sekar Larasati")]
    assert first.person_form.fields["person"].choices == [
        ("", "make somebody new"),
        (sekar.pk, f"it is Sekar Larasati (#{sekar.pk})"),
    ]
    assert (other.alike, other.person_form) == ([], None)


def test_left_as_it_is_the_row_makes_somebody_new(imported: Import) -> None:
    imported("a.csv", KNOWN)

    run = imported("b.csv", SAME)

    assert (run.counts["new"], Influencer.objects.count()) == (2, 4)


def test_settled_as_her_the_row_becomes_an_update_of_her(
    as_coordinator: Client, imported: Import, rehearse: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    imported("a.csv", KNOWN)
    sekar = Influencer.objects.get(stage_name="Sekar Larasati")
    run = rehearse("b.csv", SAME)

    as_coordinator.post(reverse("import-person", args=[run.pk, 2]), {"person": sekar.pk})
    confirmed(as_coordinator, run, django_capture_on_commit_callbacks)

    run.refresh_from_db()
    assert (run.counts["new"], run.counts["update"], Influencer.objects.count()) == (1, 1, 3)
    handles = SocialAccount.objects.filter(influencer=sekar).order_by("pk").values_list("platform__code", "handle")
    assert list(handles) == [("instagram", "sekar.larasati"), ("tiktok", "sekarlarasati")]


def test_a_row_settled_as_somebody_merged_since_goes_to_who_stays(
    as_coordinator: Client, imported: Import, rehearse: Import, django_capture_on_commit_callbacks: Commit
) -> None:
    imported("a.csv", KNOWN)
    sekar, oka = Influencer.objects.order_by("pk")
    run = rehearse("b.csv", SAME)
    as_coordinator.post(reverse("import-person", args=[run.pk, 2]), {"person": sekar.pk})
    Influencer.objects.filter(pk=sekar.pk).update(merged_into=oka)

    confirmed(as_coordinator, run, django_capture_on_commit_callbacks)

    assert SocialAccount.objects.get(handle="sekarlarasati").influencer_id == oka.pk


def test_a_row_is_not_given_to_somebody_who_was_not_offered(
    as_coordinator: Client, imported: Import, rehearse: Import
) -> None:
    imported("a.csv", KNOWN)
    oka = Influencer.objects.get(stage_name="Oka Wirawan")
    run = rehearse("b.csv", SAME)

    for line in (2, 3):
        as_coordinator.post(reverse("import-person", args=[run.pk, line]), {"person": oka.pk})

    assert list(run.rows.values_list("chosen_ref", flat=True)) == [None, None]
