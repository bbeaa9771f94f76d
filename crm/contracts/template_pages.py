"""What the pages of templates show, computed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from crm.base.text import markdown_html
from crm.contracts.actions.words import fill_in, filled_from
from crm.contracts.diff import Paragraph, words_apart
from crm.contracts.models import Contract, ContractTemplate, ContractWording

if TYPE_CHECKING:
    from crm.team.models import User

OFFERED = 20
LANGUAGES = (("id", gettext_lazy("Indonesian")), ("en", gettext_lazy("English")))

INVENTED: dict[str, Any] = {
    "number": "2026/00042",
    "title": "Lumi Skincare · Kirana Maheswari",
    "brand": "Lumi Skincare",
    "company": "PT Lumi Cantika Abadi",
    "people": "Kirana Maheswari",
    "term": gettext_lazy("1 December 2026 to 31 December 2026"),
    "posts": gettext_lazy("- 1 × Instagram Reel\n- 3 × Instagram Story"),
    "pay": gettext_lazy("- Fee: Rp1.400.000 (net: tax comes on top)\n- Products: Rp1.400.000"),
    "rights": gettext_lazy("- Run it as an ad, 90 days from the first post on"),
    "exclusivity": gettext_lazy(
        "- No paid posts for other skincare brands from 30 days before to 30 days after each post"
    ),
    "renewal": gettext_lazy("It ends on its last day by itself."),
    "amends": gettext_lazy("agreement no. 2026/00021"),
    "changes": gettext_lazy("- Last day: was 31 December 2026, becomes 31 January 2027"),
    "from": gettext_lazy("1 December 2026"),
    "further_terms": "",
}
"""What fills the blanks while there is no contract to fill them from."""


@dataclass(frozen=True)
class TemplateRow:
    """A template of the list: its newest version and how many contracts use any of its versions."""

    template: ContractTemplate
    version: int
    used: int


def template_rows(user: "User") -> list[TemplateRow]:
    """Every template, offered ones first. Two queries."""
    used = Counter(
        dict(
            Contract.objects.visible_to(user)
            .filter(wording__isnull=False)
            .order_by()
            .values_list("wording__template")
            .annotate(many=Count("pk"))
        )
    )
    templates = ContractTemplate.objects.annotate(newest_version=Max("wordings__version"))
    return [
        TemplateRow(one, one.newest_version or 0, used[one.pk])
        for one in templates.order_by("-is_active", "kind", "name_en")
    ]


def preview(texts: dict[str, str], sample: Contract | None) -> list[tuple[str, Any]]:
    """Both languages as a contract would say them, with this contract's terms or invented ones."""
    return [(str(label), markdown_html(_filled(texts[f"text_{code}"], code, sample))) for code, label in LANGUAGES]


def _filled(text: str, language: str, sample: Contract | None) -> str:
    if sample is not None:
        return fill_in(text, sample, language)
    with override(language):
        return filled_from(text, {name: str(value) for name, value in INVENTED.items()}, language)


@dataclass(frozen=True)
class Version:
    """One version with what it changed and how many contracts use it."""

    wording: ContractWording
    used: int
    apart: Sequence[tuple[str, Sequence[Paragraph]]]


def versions_of(template: ContractTemplate, user: "User") -> list[Version]:
    """All versions, the newest first, each against the one before. Two queries."""
    rows = list(template.wordings.select_related("written_by").order_by("-version"))
    seen = Contract.objects.visible_to(user).filter(wording__in=rows).order_by()
    used = Counter(dict(seen.values_list("wording").annotate(many=Count("pk"))))
    return [
        Version(row, used[row.pk], _apart(before, row)) for row, before in zip(rows, [*rows[1:], None], strict=True)
    ]


def _apart(before: ContractWording | None, after: ContractWording) -> list[tuple[str, Sequence[Paragraph]]]:
    if before is None:
        return []
    pairs = [(str(label), words_apart(before.in_language(code), after.in_language(code))) for code, label in LANGUAGES]
    return [(label, apart) for label, apart in pairs if apart]


def offered_samples(user: "User") -> Any:
    """Contracts a preview may be filled from: the newest this colleague may see."""
    newest = Contract.objects.visible_to(user).order_by("-pk").values_list("pk", flat=True)[:OFFERED]
    return Contract.objects.filter(pk__in=list(newest)).order_by("-pk")


def users_of(template: ContractTemplate, user: "User") -> Any:
    """The newest contracts that use one of its versions."""
    seen = Contract.objects.visible_to(user).filter(wording__template=template)
    return seen.select_related("wording", "brand").order_by("-pk")[:OFFERED]


def title_of(template: ContractTemplate) -> str:
    return str(template) if template.pk else _("New template")
