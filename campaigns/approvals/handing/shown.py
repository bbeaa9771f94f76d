"""What the page shows: each file with how far it is, and what the checks would say of the caption."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from campaigns.approvals.checking.actions import preview
from campaigns.approvals.checking.asked import Finding
from campaigns.approvals.checking.shown import for_her
from campaigns.approvals.handing.desk import Desk
from campaigns.approvals.handing.forms import ALT, LONGEST, VersionForm, same_lines
from campaigns.approvals.models import Upload


@dataclass(frozen=True)
class FileRow:
    """One line of the list of files."""

    upload: Upload
    url: str

    @property
    def is_here(self) -> bool:
        return self.upload.file_id is not None

    @property
    def is_coming(self) -> bool:
        return not self.is_here and not self.upload.refused

    @property
    def is_picture(self) -> bool:
        file = self.upload.file
        return file is not None and file.mime.startswith("image/")

    @property
    def percent(self) -> int:
        return 100 * self.upload.received // self.upload.size

    @property
    def alt_name(self) -> str:
        return f"{ALT}{self.upload.pk}"


def row_of(upload: Upload, desk: Desk) -> FileRow:
    return FileRow(upload, desk.address("-file", upload.key))


def rows_of(uploads: Sequence[Upload], desk: Desk) -> list[FileRow]:
    return [row_of(one, desk) for one in uploads]


@dataclass(frozen=True)
class Told:
    """One thing the checks would say, in the reader's words."""

    said: str
    quoted: str
    tone: str
    icon: str


def findings_for(desk: Desk, form: VersionForm) -> list[Told]:
    """What the checks would say of the caption as it is typed now, what holds the approval first."""
    caption = same_lines(form["caption"].value())[:LONGEST] if not desk.is_idea else ""
    if not caption:
        return []
    said = form.said() if form.is_bound else None
    found = preview(
        desk.deliverable, caption, planned_at=said.planned_at if said else form.unsent.planned_at,
        label_on=said.label_on if said else form.unsent.label_on, now=desk.now,
    )  # fmt: skip
    if desk.visit is not None:
        return [told_of(one, one.said_to_her(get_language() or "en")) for one in for_her(found)]
    hits = sorted((one for one in found if one.is_hit), key=lambda one: not one.holds)
    return [told_of(one, one.said_id if get_language() == "id" else one.said_en) for one in hits]


def told_of(finding: Finding, said: str) -> Told:
    tone, icon = ("bad", "exclamation-triangle") if finding.holds else ("warn", "info-circle")
    return Told(said, finding.quoted, tone, icon)
