"""A file names somebody who was forgotten: she stays forgotten, and the rehearsal says since when."""

import pytest

from crm.influencers.imports.actions import choose_person
from crm.influencers.imports.writing import write
from crm.influencers.models import ImportRow, Influencer, SocialAccount
from crm.privacy.asking import Said, ask
from crm.privacy.erasing import forget
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import Import, house, imported, rehearse  # noqa: F401
from tests.crm.privacy.canary import where_it_stands

pytestmark = pytest.mark.django_db
FIRST = b"Nama,Akun IG,No. WA,Email\nSekar Larasati,@sekar.larasati,081200000001,sekar@contoh.example\n"
HEAD = b"Nama,Akun IG,No. WA,Email\n"


def forgotten_now(person: Influencer) -> None:
    forget(ask(person, Said("erasure", NOW), at=NOW, actor=SYSTEM), at=NOW, actor=SYSTEM)


@pytest.mark.parametrize(
    "line",
    [b"Ayu,@sekar.larasati,,\n", b"Ayu,,0812-0000-0001,\n", b"Ayu,@ayu.baru,,SEKAR@contoh.example\n"],
    ids=["her handle", "her number", "her address"],
)
def test_a_row_of_somebody_forgotten_is_left_out_and_not_kept(imported: Import, line: bytes) -> None:  # noqa: F811
    imported("a.csv", FIRST)
    forgotten_now(Influencer.objects.get())

    run = imported("b.csv", HEAD + line + b"Vina Paramitha,@vina.p,,\n")

    assert (run.counts["new"], run.counts["rejected"], Influencer.objects.count()) == (1, 1, 2)
    row = run.rows.get(verdict=ImportRow.Verdict.REJECTED)
    assert (row.reasons, row.cells, row.facts) == ([["forgotten", "", "2026-11-24"]], [], {})
    assert where_it_stands("sekar larasati", "sekar.larasati", "sekar@", "+62812000", "0812-0000") == {}


def test_a_file_rehearsed_before_and_confirmed_after_it_brings_nobody_back(
    imported: Import,  # noqa: F811
    rehearse: Import,  # noqa: F811
    coordinator: User,
) -> None:
    """Words of five letters are struck from what the rehearsal kept; a handle of two is known again by its mark alone."""
    imported("a.csv", FIRST.replace(b"sekar.larasati", b"sk"))
    (person,) = Influencer.objects.all()
    lines = (b"Ayu,@ayu.baru,0812-0000-0001,\n", b"Sekar Larasati,@sekar.lain,,\n", b"Vina Paramitha,@vina.p,,\n")
    run = rehearse("b.csv", HEAD + b"".join(lines))
    chosen = run.rows.get(line=3)
    assert choose_person(chosen, person.pk)
    theirs = SocialAccount.objects.filter(influencer=person)
    known = rehearse("c.csv", HEAD + b"Ayu,@sk,,\nSekar Larasati,@sk,,\n")
    assert run.counts["new"] == 3

    forgotten_now(person)
    assert not choose_person(run.rows.get(line=4), person.pk)
    ImportRow.objects.create(run=known, line=9, verdict="new", facts={"name": "Ayu", "accounts": [["instagram", "sk"]]})
    for each in (run, known):
        each.confirm(at=NOW, actor=Actor.user(coordinator))
        assert write(each, now=NOW)

    assert sorted(Influencer.objects.exclude(pk=person.pk).values_list("stage_name", flat=True)) == ["Vina Paramitha"]
    assert theirs.filter(handle="sk").count() == 0
    rows = ImportRow.objects.with_verdict("rejected").order_by("pk")
    assert [(row.reasons, row.cells, row.facts) for row in rows] == [
        ([["forgotten-since", "", ""]], [], {}),
        ([["forgotten", "", "2026-11-24"]], [], {}),
    ]
    assert where_it_stands("sekar larasati", "sekar.lain", "+62812000", "0812-0000") == {}
