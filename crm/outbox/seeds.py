"""Words that sell, in both languages, each with where the distinction comes from."""

from collections.abc import Iterator

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.outbox.models import PromotionWord

ICO = "ICO, draft direct marketing code of practice (2020): any promotion makes a service message marketing"
ICO_URL = (
    "https://datamatters.sidley.com/2020/02/10/"
    "uk-ico-releases-draft-direct-marketing-code-of-practice-for-public-consultation/"
)
WORDS = {
    "en": (
        "buy now", "shop now", "order now", "discount", "discounts", "special offer", "limited time", "sale", "% off",
        "promo", "promo code", "voucher", "coupon", "cashback", "giveaway", "free gift", "best price", "deal of the day",
        "don't miss", "exclusive offer", "new collection", "subscribe to our newsletter",
    ),
    "id": (
        "beli sekarang", "belanja sekarang", "pesan sekarang", "diskon", "promo", "kode promo", "voucher", "kupon",
        "cashback", "penawaran spesial", "penawaran khusus", "penawaran terbatas", "harga spesial", "harga terbaik",
        "gratis ongkir", "jangan lewatkan", "cuci gudang", "obral", "koleksi terbaru", "hadiah gratis",
        "langganan newsletter",
    ),
}  # fmt: skip


@seed(PromotionWord, "language", "words")
def promotion_words() -> Iterator[PromotionWord]:
    for language, some in WORDS.items():
        for words in some:
            yield PromotionWord(
                language=language, words=words, source=ICO, source_url=ICO_URL, source_year=2020, grade=Grade.EXPERT
            )
