"""Labels market by market (domain rules 5.4 to 5.7): what says that something is paid, and what only sounds like it."""

from collections.abc import Iterator
from typing import NamedTuple

from campaigns.approvals.checking.seeds.rules import EPI, FTC_BLOG, LONG_AGO, RPC
from campaigns.approvals.models import DisclosureLabel
from crm.base.models import Grade
from crm.base.seeding import seed

Weight = DisclosureLabel.Weight
IDN = (
    "IDN Times, disclosure of endorsements",
    "https://www.idntimes.com/business/economy/kenapa-endorsement-disclosure-jarang-diterapkan-di-indonesia-c1c2-01-3kz8p-3kyw2h",
)
BLOGONUK = ("BlogonUK, disclosing content", "https://blogonuk.com/disclosing-content-correctly/")
HUB = (
    "European Commission, Influencer Legal Hub",
    "https://commission.europa.eu/live-work-travel-eu/consumer-rights-and-complaints/influencer-legal-hub_en",
)
FRANCE = ("Loi 2023-451, known, not read anew", "")
KNOWN = ("Known practice, not read anew", "")
BOTH = "id,en"


class Rows(NamedTuple):
    """Labels of one market and weight from one source."""

    country: str
    weight: str
    languages: str
    labels: tuple[str, ...]
    source: tuple[str, str]
    grade: Grade


ROWS = (
    Rows("ID", Weight.ACCEPTED, BOTH, ("#iklan", "#ad"), IDN, Grade.HOUSE),
    Rows("ID", Weight.ACCEPTED, "id", ("iklan", "#kerjasamaberbayar", "kerja sama berbayar", "kerjasama berbayar",
                                       "bersponsor", "#bersponsor", "#disponsori"), IDN, Grade.HOUSE),
    Rows("ID", Weight.CONTEXT, BOTH, ("paid partnership", "kemitraan berbayar", "brand ambassador", "#sponsored",
                                      "#endorse", "#endorsement", "#paidpromote"), EPI, Grade.HOUSE),
    Rows("ID", Weight.AMBIGUOUS, "", ("#sp", "#spon", "#collab", "#kolaborasi", "#partner", "#ambassador", "#gifted",
                                      "#pr", "thanks @brand", "thank you @brand", "thanks to @brand",
                                      "terima kasih @brand", "makasih @brand"), FTC_BLOG, Grade.HOUSE),
    Rows("US", Weight.ACCEPTED, "en", ("#ad", "ad", "#advertisement", "advertisement", "#sponsored", "sponsored",
                                       "#paidad", "paid ad"), FTC_BLOG, Grade.OFFICIAL),
    Rows("US", Weight.CONTEXT, "en", ("paid partnership", "#paidpartnership", "brand ambassador", "free product from"),
         FTC_BLOG, Grade.HOUSE),
    Rows("US", Weight.AMBIGUOUS, "en", ("#sp", "#spon", "#collab", "#partner", "#ambassador", "#gifted", "thanks @brand",
                                        "thank you @brand", "thanks to @brand"), FTC_BLOG, Grade.OFFICIAL),
    Rows("GB", Weight.ACCEPTED, "en", ("#ad", "ad", "#advert", "advert", "#advertising", "advertising",
                                       "#advertisement", "advertisement"), RPC, Grade.EXPERT),
    Rows("GB", Weight.CONTEXT, "en", ("paid promotion", "brand ambassador", "free gift from", "on loan from",
                                      "sponsored", "#sponsored", "gifted", "affiliate"), RPC, Grade.EXPERT),
    Rows("GB", Weight.AMBIGUOUS, "en", ("spon", "#spon", "#sp", "in collaboration with", "thanks to @brand",
                                        "thanks @brand", "#client", "#gifted", "#affiliate"), RPC, Grade.EXPERT),
    Rows("GB", Weight.AMBIGUOUS, "en", ("#collab", "#prtrip", "#aff", "#ambassador", "#partner"), BLOGONUK, Grade.ARTICLE),
    Rows("FR", Weight.ACCEPTED, "fr", ("#publicité", "publicité", "collaboration commerciale", "#collaborationcommerciale"),
         FRANCE, Grade.HOUSE),
    Rows("FR", Weight.AMBIGUOUS, "fr,en", ("#collab", "#partenariat", "#sp", "#ad"), KNOWN, Grade.HOUSE),
    Rows("DE", Weight.ACCEPTED, "de", ("#werbung", "werbung", "#anzeige", "anzeige"), KNOWN, Grade.HOUSE),
    Rows("DE", Weight.AMBIGUOUS, "de,en", ("#ad", "#sponsored", "#powered", "#collab", "#sp"), KNOWN, Grade.HOUSE),
    Rows("EU", Weight.ACCEPTED, "en", ("#ad", "ad", "#advertisement", "advertisement", "#advertising", "paid partnership"),
         HUB, Grade.HOUSE),
    Rows("EU", Weight.AMBIGUOUS, "en", ("#sp", "#spon", "#collab", "#partner", "#ambassador", "#gifted", "thanks @brand"),
         HUB, Grade.HOUSE),
    Rows("SG", Weight.ACCEPTED, "en", ("#ad", "ad", "#sponsored", "sponsored", "#advertisement"), KNOWN, Grade.HOUSE),
    Rows("MY", Weight.ACCEPTED, "ms,id,en", ("#ad", "#iklan", "iklan", "#sponsored", "#berbayar"), KNOWN, Grade.HOUSE),
)  # fmt: skip


@seed(DisclosureLabel, "country", "text", "valid_from")
def labels() -> Iterator[DisclosureLabel]:
    for rows in ROWS:
        for text in rows.labels:
            yield DisclosureLabel(
                country=rows.country, text=text, weight=rows.weight, languages=rows.languages, valid_from=LONG_AGO,
                source=rows.source[0], source_url=rows.source[1], source_year=2026, grade=rows.grade,
            )  # fmt: skip
