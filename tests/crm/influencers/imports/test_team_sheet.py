"""The team's sheet, row by row, as a careful human would read it."""

import json
from typing import Any

import pytest

from crm.exclusivity.models import OutsideDeal
from crm.influencers.imports.remarks import Remark
from crm.influencers.models import ImportRow, Influencer, MetricSnapshot, Note, SocialAccount
from crm.outbox.models import Contact
from tests.crm.influencers.imports.conftest import Import, shared

pytestmark = pytest.mark.django_db

# row | name | Instagram | TikTok | followers | rate in % | niches | city | phone | e-mail | price | born | remark
EXPECTED = """
2|Kirana Lestari|kirana.lestari.official||9000|2.37|make-up|Malang||kirana@contoh.example|1500000|1996-03-12|no-contact
3|Bagas Wijaya|bagas.wijaya|bagas.wijaya|63300||make-up||+6281394559593|bagas.wijaya@contoh.example||2011-06-01|bar
4|Sekar Wijaya|sekar.wijaya_id||97900|3.1|sport|Jayapura|+6281276665755||1500000||note
5|Oka Saputra|oka.saputra99|oka.saputra99|78000|3.2|make-up|Malang|||750000|1999-01-05|no-contact
6|Fajar Puspita|fajar.puspita99|fajar.puspita99|1800000|3.2|make-up|Denpasar|+628579362957||||no-contact
7|Zahra Rahayu|zahra.rahayu||88219|3.1|parenting|Makassar|+628769473236||1500000|2001-08-17|bar
8|Eka Setiawan|eka.setiawan_id|eka.setiawan_id|71000|4.04|skincare make-up|Yogyakarta|||1500000|2011-06-01|no-contact
9|Hana Lestari|hana.lestari|hana.lestari|63900|4.04|sport|Jakarta||hana@contoh.example|750000||note
10|Vina Rahayu|vina.rahayu|vina.rahayu|36800|2.37|make-up|Yogyakarta|+628111172107||1500000|1996-03-12|note
11|Bagas Wicaksono|bagas.wicaksono|bagas.wicaksono|1600000||sport|Jayapura|+6281359570417||2000000/reel|1996-03-12|
12|Dimas Wijaya|dimas.wijaya.official|dimas.wijaya.official|68576|3.2|photography|Malang|+628572417890||2000000/reel|2011-06-01|bar
13|Eka Setiawan|eka.setiawan|eka.setiawan|65000|4.04|photography||+6281342788493||500000-750000|1996-03-12|note
14|Hana Wijaya|hana.wijaya.official|hana.wijaya.official|46025|3.1|sport|Yogyakarta|+628570486206||750000|1996-03-12|
15|Hana Wicaksono|hana.wicaksono_id|hana.wicaksono_id|59400|3.1|interior-design|Medan|+628570032016|hana.wicaksonoid@contoh.example|500000-750000|1999-01-05|bar
16|Citra Puspita|citra.puspita.official|citra.puspita.official|154800|12|sport|Jakarta|+6281299771111|citra@contoh.example||2001-08-17|note
17|Sekar Lestari|sekar.lestari||40882||sport|Denpasar|+6281322817107|sekar.lestari@contoh.example|750000|1996-03-12|note
18|Nadia Wijaya|nadia.wijaya_id||3000||parenting family-health|Jakarta||nadia@contoh.example||1996-03-12|note
19|Ayu Puspita|ayu.puspita_id|ayu.puspita_id||3.2|muslim-fashion|Surabaya||||2001-08-17|note
20|Gita Anggraini|gita.anggraini||89000|4.04|parenting family-health|Malang|+628571063152||||note
21|Putri Permata|putri.permata_id|putri.permata_id|57043|3.2|photography|Denpasar|+628130590580||750000|1996-03-12|
22|Salsa Lestari|salsa.lestari99|salsa.lestari99|65900|3.1|sport|Medan|+628427625057|salsa@contoh.example||2011-06-01|note
23|Laras Saputra|laras.saputra|laras.saputra|1900000|3.2|make-up|Makassar|+6281245362865||750000||
24|Citra Anggraini|citra.anggraini99||42000|3.2|finance|Surabaya|+6281321226918||||note
25|Nadia Larasati|nadia.larasati|nadia.larasati|11600||skincare make-up|Denpasar|+6281314514268|nadia.larasati@contoh.example|750000|2011-06-01|note
26|Eka Prameswari|eka.prameswari_id||74788|2.37|finance|Yogyakarta|+628573385109||500000-750000|1996-03-12|
27|Intan Prameswari|intan.prameswari||86950|3.1|muslim-fashion|Medan|+628263796374|intan.prameswari@contoh.example||2011-06-01|note
28|Joko Setiawan|joko.setiawan_id|joko.setiawan_id|34401|3.1|interior-design|Surabaya|+6281322896630|joko.setiawanid@contoh.example|1500000|1999-01-05|
29|Yoga Wijaya|yoga.wijaya.official|yoga.wijaya.official|52660|4.04|photography|Surabaya|+6281348010741||2000000/reel|1996-03-12|bar
30|Gita Saputra|gita.saputra_id||43200|2.37|skincare make-up||+6281313747776|gita@contoh.example||2011-06-01|
31|Mega Prameswari|mega.prameswari99|mega.prameswari99|65674|2.37|finance||||500000-750000||note
32|Bagas Wijaya|bagas.wijaya.official|bagas.wijaya.official|56200|3.1|parenting family-health|Malang|+6281393130263|bagas.wijaya.official@contoh.example|1500000|1996-03-12|
33|Wulan Prameswari|wulan.prameswari_id|wulan.prameswari_id|70500||make-up|Denpasar||wulan.prameswariid@contoh.example|||note
34|Rizky Puspita|rizky.puspita_id|rizky.puspita_id|1200000||interior-design|Yogyakarta|+628578036456|rizky.puspitaid@contoh.example||1999-01-05|bar
35|Wulan Setiawan|wulan.setiawan99|wulan.setiawan99|76392|3.1|parenting family-health|Jayapura|+6281264749410|wulan@contoh.example||2001-08-17|
36|Sekar Nugraha|sekar.nugraha99||36200||make-up|Jakarta|||750000|2001-08-17|note
37|Intan Saputra|intan.saputra_id|intan.saputra_id|72800|3.1|finance|Jakarta|+628963904147||1500000|1996-03-12|no-contact
38|Laras Maharani|laras.maharani99||18502|3.1|make-up|Yogyakarta|+6281353175542|laras.maharani99@contoh.example|||no-contact
39|Salsa Anggraini|salsa.anggraini|salsa.anggraini|||skincare make-up|Surabaya|+628285323284||750000|1996-03-12|no-contact
40|Sekar Permata|sekar.permata_id||70700|4.04|finance|Denpasar|+628572324861||1500000||bar
41|Rizky Setiawan|rizky.setiawan99|rizky.setiawan99|64000||photography|Jayapura|+6281379169131|rizky@contoh.example|1500000|1996-03-12|bar
42|Salsa Kusuma|salsa.kusuma.official|salsa.kusuma.official|82306|3.2|skincare make-up|Medan||salsa.kusuma.official@contoh.example|750000|1996-03-12|no-contact
43|Rizky Permata|rizky.permata_id|rizky.permata_id|28000|3.2|finance|Makassar|+628574655951|rizky@contoh.example|||no-contact
44|Mega Rahayu|mega.rahayu.official|mega.rahayu.official|77800|3.1|photography|Bandung|+628761832472||2000000/reel|1996-03-12|note
45|Eka Lestari|eka.lestari|eka.lestari|26741|4.04|muslim-fashion|Medan||eka.lestari@contoh.example||1999-01-05|
46|Dimas Wicaksono|dimas.wicaksono99|dimas.wicaksono99|665400|3.1|muslim-fashion|Makassar|||2000000/reel||note
47|Hana Prameswari|hana.prameswari.official|hana.prameswari.official|237800|3.2|sport|Medan|+628577046697|hana@contoh.example||2001-08-17|bar
48|Yoga Maharani|yoga.maharani_id||69400|4.04|finance|Bandung|+6281382711104||500000-750000|2011-06-01|note
49|Putri Hidayat|putri.hidayat_id|putri.hidayat_id|150700|3.2|parenting|Jakarta|+628989907866|putri.hidayatid@contoh.example|1500000|1996-03-12|no-contact
50|Oka Larasati|oka.larasati99||50526||sport|Yogyakarta|||1500000||no-contact
51|Fajar Wicaksono|fajar.wicaksono||846700|3.2|parenting|Jayapura|+6281357586884||750000|2011-06-01|note
52|Laras Permata|laras.permata.official|laras.permata.official|8000|4.04|photography|Bandung|+628266301978|laras.permata.official@contoh.example|2000000/reel|1996-03-12|note
53|Kirana Saputra|kirana.saputra99|kirana.saputra99|71100||photography|Bandung|+6281205849955||500000-750000|1999-01-05|no-contact
54|Zahra Kusuma|zahra.kusuma.official|zahra.kusuma.official|50571|4.04|make-up|Malang|+628573069211|zahra@contoh.example||1996-03-12|note
55|Mega Puspita|mega.puspita_id|mega.puspita_id|276200|2.37|make-up|Medan|+628579270999|mega@contoh.example|2000000/reel|1996-03-12|no-contact
56|Zahra Kusuma|zahra.kusuma_id|zahra.kusuma_id|1600000|4.04|finance|Makassar|+6281255947402||750000||no-contact
57|Hana Lestari|hana.lestari_id|hana.lestari_id|84000||make-up|Jayapura|+628069582865||1500000||
58|Dimas Prameswari|dimas.prameswari.official|dimas.prameswari.official|1200000|4.04|muslim-fashion|Jakarta|+6281250180826|dimas@contoh.example||2011-06-01|no-contact
59|Vina Anggraini|vina.anggraini||44400||parenting|Yogyakarta|+628570628382|vina@contoh.example|1500000|1996-03-12|no-contact
60|Yoga Saputra|yoga.saputra_id|yoga.saputra_id|80258|12|muslim-fashion|Bandung|+6281227300929||1500000|2011-06-01|note
61|Mega Setiawan|mega.setiawan99|mega.setiawan99|56400|3.1|skincare make-up|Makassar|||2000000/reel|2001-08-17|
65|Baris kurang kolom|kurang||||||||||
"""
FIELDS = [
    "row",
    "name",
    "instagram",
    "tiktok",
    "followers",
    "rate",
    "niches",
    "city",
    "phone",
    "email",
    "price",
    "born",
    "remark",
]


def as_filed(person: Influencer) -> dict[str, str]:
    """A person as the expectation table spells her."""
    accounts = {account.platform.code: account for account in person.accounts.all()}
    contact = Contact.objects.filter(representations__influencer=person).first() or Contact()
    snapshot = MetricSnapshot.objects.filter(account__influencer=person).first()
    price = person.rates.first()
    kinds = set(person.notes.values_list("kind", flat=True))
    first = accounts["instagram"]
    return {
        "name": person.stage_name,
        "instagram": first.handle,
        "tiktok": accounts["tiktok"].handle if "tiktok" in accounts else "",
        "followers": str(first.followers or ""),
        "rate": f"{snapshot.engagement_rate.normalize():f}" if snapshot and snapshot.engagement_rate else "",
        "niches": " ".join(sorted(person.niches.values_list("slug", flat=True))),
        "city": person.city,
        "phone": str(contact.whatsapp),
        "email": contact.email,
        "price": said_price(price) if price else "",
        "born": str(person.birth_on or ""),
        "remark": "no-contact"
        if person.do_not_contact_at
        else "bar"
        if person.outside_deals.exists()
        else "note"
        if Note.Kind.NOTE in kinds
        else "",
    }


def said_price(price: Any) -> str:
    upper = f"-{price.price_to:.0f}" if price.price_to else ""
    content = f"/{price.format.code}" if price.format else ""
    return f"{price.price.amount:.0f}{upper}{content}"


def expected_rows() -> dict[int, dict[str, str]]:
    rows = {}
    for line in EXPECTED.strip().splitlines():
        values = dict(zip(FIELDS, line.split("|"), strict=True))
        values["niches"] = " ".join(sorted(values["niches"].split()))
        rows[int(values.pop("row"))] = values
    return rows


def test_every_row_of_the_team_sheet_reads_as_a_careful_human_would(imported: Import) -> None:
    run = imported("team_sheet_id.csv", shared("team_sheet_id.csv").read_bytes())

    people = Influencer.objects.prefetch_related("accounts__platform").in_bulk()
    found = {
        row.line: as_filed(people[row.influencer_ref])
        for row in run.rows.with_verdict("new")
        if row.influencer_ref and row.line != 64
    }
    assert found == expected_rows()
    assert run.counts == {"new": 62, "update": 0, "unchanged": 0, "duplicate": 2, "conflict": 0, "rejected": 1}


def said(row: ImportRow) -> list[str]:
    return [Remark(*reason).sentence for reason in row.reasons]


def test_the_odd_rows_of_the_team_sheet_say_why(imported: Import) -> None:
    run = imported("team_sheet_id.csv", shared("team_sheet_id.csv").read_bytes())

    rows = {row.line: row for row in run.rows.all()}
    assert (rows[62].verdict, said(rows[62])[0]) == ("duplicate", "Same account as row 5, which counts.")
    assert (rows[63].verdict, said(rows[63])[0]) == ("duplicate", "Same account as row 7, which counts.")
    assert (rows[66].verdict, said(rows[66])) == ("rejected", ["The row is empty."])
    formula = Influencer.objects.get(pk=rows[64].influencer_ref)
    assert formula.stage_name == "formula.test"
    assert [note.text for note in formula.notes.all()] == ['Nama KOL: =HYPERLINK("http://jahat.example")']
    assert said(rows[65]) == ["Nobody has this account yet.", "The row has fewer columns than the header."]


def test_the_same_sheet_again_changes_nothing(imported: Import) -> None:
    data = shared("team_sheet_id.csv").read_bytes()
    imported("team_sheet_id.csv", data)
    before = everything()

    run = imported("team_sheet_id.csv", data)

    assert run.counts == {"new": 0, "update": 0, "unchanged": 62, "duplicate": 2, "conflict": 0, "rejected": 1}
    assert everything() == before


def everything() -> str:
    models = (Influencer, SocialAccount, MetricSnapshot, Note, Contact, OutsideDeal)
    return json.dumps([list(model.objects.order_by("pk").values()) for model in models], default=str)
