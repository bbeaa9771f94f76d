"""Which questions of a deal are columns of which row, how they stand in the folds of the form, and how far they go."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import Column, Div, Row
from crispy_forms.utils import TEMPLATE_PACK
from django.utils.translation import gettext_lazy as _

of_deal = (
    "label", "anchor_on", "unit", "every", "alignment", "eom_sticky", "year_begins", "billing", "proration", "pay_days",
    "review_every", "plans_posts",
)  # fmt: skip
of_contract = (
    "renew_months", "most_renewals", "notice_value", "notice_span", "notice_counts", "language", "entity", "payee",
    "offer_until_on", "extra_words", "note",
)  # fmt: skip
of_rules = (
    "rounding", "rollover", "carry_cap", "carry_lasts", "make_good_days", "over", "extra_price", "counts_on",
)  # fmt: skip
of_commission = ("basis", "includes_tax", "includes_shipping", "hold_days", "attribution", "post_term_days")

MOST: dict[str, tuple[int, int]] = {
    "every": (1, 366), "pay_days": (0, 365), "review_every": (1, 120), "renew_months": (1, 120), "most_renewals": (0, 50),
    "notice_value": (0, 730), "carry_cap": (0, 500), "carry_lasts": (1, 24), "make_good_days": (1, 365),
    "hold_days": (0, 365), "post_term_days": (0, 730),
}  # fmt: skip

FOLDS: tuple[tuple[Any, tuple[tuple[str, ...], ...]], ...] = (
    (_("Going on and notice"), (
        ("renew_months", "most_renewals"), ("notice_value", "notice_span", "notice_counts"), ("review_every",),
    )),
    (_("Other brands"), (("exclusive",), ("tail_days", "category"), ("rests_in_pauses",))),
    (_("Too few, too many, parts of a period"), (
        ("rollover", "carry_cap", "carry_lasts"), ("make_good_days", "counts_on"), ("over", "extra_price"), ("rounding",),
    )),
    (_("Periods"), (("every", "unit", "alignment"), ("anchor_on", "year_begins"), ("eom_sticky",), ("plans_posts",))),
    (_("How the retainer is paid, products, commission"), (
        ("billing", "proration", "pay_days"), ("in_kind", "in_kind_note"), ("percent", "basis"),
        ("hold_days", "post_term_days", "attribution"), ("includes_tax", "includes_shipping"),
    )),
    (_("Name, who is paid, language and the rest"), (
        ("label", "title"), ("entity", "payee"), ("language", "zone"), ("offer_until_on", "template"), ("extra_words",), ("note",),
    )),
)  # fmt: skip


class Fold(Div):
    """Questions behind a line to click on; open where one of them was answered otherwise, or refused."""

    template = "crm/ambassadors/making/_folded.html"

    def __init__(self, title: Any, lines: Iterable[Sequence[str]]) -> None:
        lines = [tuple(line) for line in lines]
        super().__init__(*(Row(*(Column(name) for name in line)) for line in lines))
        self.title, self.names, self.is_open = title, {name for line in lines for name in line}, False

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any) -> Any:
        told = {*form.errors, *form.changed_data} if form.is_bound else set()
        self.is_open = bool(self.names & told)
        return super().render(form, context, template_pack, **kwargs)
