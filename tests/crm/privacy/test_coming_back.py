"""A file names somebody who was forgotten: she stays forgotten, and the rehearsal says since when."""

import pytest

from crm.influencers.models import ImportRow, Influencer
from crm.privacy.asking import Said, ask
from crm.privacy.erasing import forget
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.crm.influencers.imports.conftest import Import, house, imported, rehearse  # noqa: F401
from tests.crm.privacy.canary import where_it_stands

pytestmark = pytest.mark.django_db
FIRST = b"Nama,Akun IG,No. WA,Email\nSekar Larasati,@sekar.larasati,081200000001,sekar@contoh.example\n"
HEAD = b"Nama,Akun IG,No. WA,Email\n"


@pytest.mark.parametrize(
    "line",
    [b"Ayu,@sekar.larasati,,\n", b"Ayu,,0812-0000-0001,\n", b"Ayu,@ayu.baru,,SEKAR@contoh.example\n"],
    ids=["her handle", "her number", "her address"],
)
def test_a_row_of_somebody_forgotten_is_left_out_and_not_kept(imported: Import, line: bytes) -> None:  # noqa: F811
    imported("a.csv", FIRST)
    person = Influencer.objects.get()
    forget(ask(person, Said("erasure", NOW), at=NOW, actor=SYSTEM), at=NOW, actor=SYSTEM)

    run = imported("b.csv", HEAD + line + b"Vina Paramitha,@vina.p,,\n")

    assert (run.counts["new"], run.counts["rejected"], Influencer.objects.count()) == (1, 1, 2)
    row = run.rows.get(verdict=ImportRow.Verdict.REJECTED)
    assert (row.reasons, row.cells, row.facts) == ([["forgotten", "", "2026-11-24"]], [], {})
    assert where_it_stands("sekar larasati", "sekar.larasati", "sekar@", "+62812000", "0812-0000") == {}
