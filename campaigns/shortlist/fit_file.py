"""The shortlist as a table for spreadsheets. It holds what people cost us and stays in the house."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from campaigns.shortlist.fit_page import Row, Shortlist
from crm.base.csv_out import Cell
from crm.vetting.facts import Share
from crm.vetting.facts_shown import share_words

HEADER = (
    _("Person"), _("Handle"), _("Platform"), _("Column"), _("Tier"), _("Fit"), _("Certainty"), _("Why"), _("City"),
    _("Followers"), _("Engagement, %"), _("Benchmark"), _("Niche match, %"), _("Reach, forecast"), _("Effective reach"),
    _("Free"), _("Vetting"), _("On time"), _("Approved at first"), _("Rounds of changes"), _("She asks"), _("Fee"), _("Client price"), _("Currency"),
)  # fmt: skip


def lines_of(shortlist: Shortlist) -> Iterator[list[Cell]]:
    for row in shortlist.rows:
        yield _line(row, shortlist.wish.currency)


def _line(row: Row, currency: str) -> list[Cell]:
    card, account, beside = row.card, row.facts.account, row.engagement
    return [
        row.name,
        f"@{account.handle}" if account else "",
        account.platform.name if account else "",
        card.get_status_display(),
        row.tier,
        row.fit.score,
        row.fit.certainty,
        "; ".join(f"{one.told.label}: {one.told.words}" for one in row.fit.parts),
        row.city,
        row.known.followers,
        None if row.known.rate is None else round(row.known.rate * 100, 2),
        beside.usual if beside else "",
        row.niche_percent,
        row.forecast.reach if row.forecast else None,
        row.forecast.effective if row.forecast else None,
        f"{row.free.label}. {row.free.sentence}".strip(),
        row.checklist.label,
        share_of(row.figures.on_time),
        share_of(row.figures.first_pass),
        row.figures.rounds.value,
        row.prices.asks.amount if row.prices.asks else None,
        card.fee.amount if card.fee is not None else None,
        card.client_price.amount if card.client_price is not None else None,
        next(
            (str(one.currency) for one in (card.fee, row.prices.asks, card.client_price) if one is not None), currency
        ),
    ]


def share_of(share: Share) -> str:
    """“9 of 10”; empty where nothing happened."""
    return share_words(share) if share.is_known else ""
