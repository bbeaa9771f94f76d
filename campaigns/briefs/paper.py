"""A brief on paper: the brand, its parts and items, on as few pages as it takes. The same brief gives the same bytes."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.briefs.models import BriefVersion
from campaigns.briefs.showing import Section, plain_of, shown_text
from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.contracts.paper.blocks import Block
from crm.contracts.paper.drawable import drawable
from crm.contracts.paper.sheet import ACCENT, MUTED, SMALL, TITLES, Sheet
from crm.contracts.paper.steady import SteadySheet, dated


def write_brief(version: BriefVersion, overrides: Mapping[str, Any] | None = None, person: str = "") -> bytes:
    """A version as a PDF in its own language; a draft says so across the page. `person` names whose variant it is."""
    campaign = version.brief.campaign
    with override(version.language):
        name = _("Brief, version %(n)d") % {"n": version.number}
        at = version.released_at or version.updated_at
        across = "" if version.is_released else _("Draft")
        with SteadySheet(
            name=name, running=campaign.brand.name, across=across, at=at, language=version.language
        ) as sheet:  # fmt: skip
            sections = shown_text(version, overrides)
            sheet.of = f"{campaign.pk} {version.number} {person} {plain_of(sections)}"
            sheet.add_page()
            sheet.says(campaign.brand.name, SMALL, strong=True, color=ACCENT, after=1)
            sheet.says(campaign.name, 20, strong=True, after=1)
            day = day_words(local_date(at, campaign.zone))
            sheet.says(", ".join(filter(None, (person, name, day))), SMALL, color=MUTED)
            sheet.rule(2, 3)
            for section in sections:
                _part(sheet, section)
            return dated(bytes(sheet.output()), at)


def _part(sheet: Sheet, section: Section) -> None:
    sheet.heading(section.title, TITLES[3])
    is_list = bool(section.level) or len(section.lines) > 1
    for line in section.lines:
        said = line.text if line.url in ("", line.text) else f"{line.text}: {line.url}"
        sheet.block(Block(depth=1 if is_list else 0, bullet="•" if is_list else "", runs=[(drawable(said), False)]))


def name_of(version: BriefVersion) -> str:
    """What the file is called."""
    return f"{slugify(version.brief.campaign.name) or 'brief'}-brief-v{version.number}.pdf"
