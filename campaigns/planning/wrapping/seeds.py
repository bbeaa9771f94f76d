"""What is worth doing before a campaign is closed, and how its people are asked what they thought."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from campaigns.planning.models import WrapUpItem
from campaigns.planning.wrapping.scores import KIND
from crm.base.models import Grade
from crm.base.seeding import seed
from crm.reminders.models import Recipient
from crm.reminders.seeds import Chain, Step, seed_chains

ITEMS = (
    ("addresses", "Every post has its address or screenshot", "Setiap postingan punya tautan atau tangkapan layar"),
    ("posts", "What went out is as approved", "Yang tayang sesuai dengan yang disetujui"),
    ("numbers", "The numbers of the posts are noted", "Angka tiap postingan sudah dicatat"),
    ("closing", "Every KPI has its closing value", "Setiap KPI punya nilai akhir"),
    ("rights", "Usage rights stand on the clock", "Hak pakai sudah ada di daftar tenggat"),
    ("payments", "Payments are noted", "Pembayaran sudah dicatat"),
    ("samples", "Samples and loans are back", "Sampel dan barang pinjaman sudah kembali"),
    ("partners", "Partners are asked how it was", "Partner ditanya bagaimana rasanya bekerja sama"),
    ("ambassadors", "Prospects for ambassador are noted", "Calon brand ambassador sudah dicatat"),
    ("learned", "What we learned is written down", "Pelajaran dari campaign ini sudah ditulis"),
)


@seed(WrapUpItem, "code")
def items() -> Iterator[WrapUpItem]:
    for position, (code, name_en, name_id) in enumerate(ITEMS, start=1):
        yield WrapUpItem(
            code=code, name_en=name_en, name_id=name_id, position=position * 10, source="Mitra", grade=Grade.HOUSE
        )


CHAINS = (
    Chain(
        "SCORE",
        KIND,
        gettext_noop("How it was to work with us"),
        gettext_noop("she answers"),
        (Step(1, Recipient.INFLUENCER, "partner_score"), Step(7, Recipient.INFLUENCER, "partner_score")),
        is_binding=False,
    ),
)

seed_chains(CHAINS)
