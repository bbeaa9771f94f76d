"""What the pages of a brief show, computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from campaigns.briefs.beginning import first_content
from campaigns.briefs.checks import Found
from campaigns.briefs.content import Content, content_of, from_json
from campaigns.briefs.diff import ORDER, Difference, differences
from campaigns.briefs.models import BriefTemplate, BriefVersion
from campaigns.briefs.queries import State, checks_of_content
from campaigns.briefs.showing import Section, sections_of
from campaigns.planning.models import Campaign

if TYPE_CHECKING:
    from crm.team.models import User

BOXES = {"items": "items", "embargo_at": "id_embargo_on"}


@dataclass(frozen=True)
class Check:
    """A finding with its way: where it is mended."""

    found: Found
    label: str
    url: str

    @property
    def tone(self) -> str:
        return "bad" if self.found.is_block else "warn"


def checks_shown(found: Iterable[Found], campaign: Campaign) -> list[Check]:
    """Each finding beside the name of the box it is about, and a link there."""
    brand = reverse("brand", args=[campaign.brand_id])
    page = reverse("campaign-brief", args=[campaign.pk])
    return [
        Check(one, str(ORDER.get(one.place, _("Products"))), brand if one.place == "products" else page + _anchor(one))
        for one in found
    ]


def _anchor(found: Found) -> str:
    return f"#{BOXES.get(found.place, f'id_{found.place}')}"


def read_by_her(content: Content) -> list[Section]:
    """The brief as she reads it, in the language it is written in."""
    with override(content.words("language") or "id"):
        return sections_of(content)


def missing_words(content: Content) -> list[dict[str, str]]:
    """Which of the five are empty, each with a link to its box."""
    return [{"label": str(ORDER[name]), "url": f"#id_{name}"} for name in content.empty_five()]


def began_with(state: State, template: BriefTemplate | None) -> Content:
    """What the form opens with: the draft, a brief of the library, the last release, or what the house knows."""
    if template is not None:
        return from_json(template.content, state.campaign.zone)
    version = state.draft or state.last
    return content_of(version) if version else first_content(state.campaign)


def templates_for(campaign: Campaign, user: "User") -> Sequence[BriefTemplate]:
    """What one may begin with: of this brand and of the house."""
    seen = BriefTemplate.objects.visible_to(user).standing().select_related("brand", "category")
    return [one for one in seen if one.brand_id in (None, campaign.brand_id)]


def checks_of_form(content: Content, campaign: Campaign) -> list[Check]:
    return checks_shown(checks_of_content(content, campaign), campaign)


@dataclass(frozen=True)
class Version:
    """One version of the history, with what it changed."""

    version: BriefVersion
    apart: Sequence[Difference]
    accepted: str


def history_of(versions: Sequence[BriefVersion]) -> list[Version]:
    """The newest first, each against the one before."""
    return [
        Version(row, differences(content_of(before), content_of(row)) if before else [], _accepted(row))
        for row, before in zip_longest(versions, versions[1:])
    ]


def _accepted(row: BriefVersion) -> str:
    many = getattr(row, "acked", 0)
    return ngettext("%(n)d person accepted it", "%(n)d people accepted it", many) % {"n": many} if many else ""


def compared(versions: Sequence[BriefVersion], old: str, new: str) -> dict[str, Any]:
    """Any two versions beside each other, chosen by their numbers; nothing when one of them is none."""
    by_number = {str(row.number): row for row in versions}
    before, after = by_number.get(old), by_number.get(new)
    if before is None or after is None or before == after:
        return {"before": before, "after": after, "apart": None}
    return {"before": before, "after": after, "apart": differences(content_of(before), content_of(after))}
