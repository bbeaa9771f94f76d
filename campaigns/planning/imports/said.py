"""One row about running work as it was read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from campaigns.planning.imports.reading import Content, Days, read_days, read_fee, read_work
from campaigns.planning.imports.words import state_of
from campaigns.planning.models import Collaboration
from crm.influencers.imports.mapping import read_platform
from crm.influencers.imports.values import Account, read_account
from crm.intake.kinds import Reason

LONGEST_NOTE = 300
LONGEST_FEE = 160
LONGEST_ADDRESS = 500
STATUS = Collaboration.Status


@dataclass(slots=True)
class Piece:
    """One thing that is made, with its days and where it is out already."""

    content: Content
    post_on: dt.date
    draft_on: dt.date | None = None
    url: str = ""


@dataclass(slots=True)
class Said:
    """What a row says. `wrong` are reasons why nobody can write it as it stands."""

    account: Account | None = None
    name: str = ""
    campaign: str = ""
    brand: str = ""
    pieces: list[Piece] = field(default_factory=list)
    work_said: str = ""
    fee: tuple[str, str] | None = None
    fee_said: str = ""
    status: str = ""
    state_said: str = ""
    note: str = ""
    remarks: list[Reason] = field(default_factory=list)
    wrong: list[Reason] = field(default_factory=list)

    @property
    def who(self) -> str:
        handle = f"@{self.account.handle}" if self.account else ""
        return " · ".join(part for part in (self.name, handle) if part)

    @property
    def what(self) -> str:
        return " · ".join(part for part in (self.campaign, self.work_said, self.fee_said) if part)


Cells = Mapping[str, list[tuple[str, str]]]


class Reader:
    """Reads rows of one file: its platform, its campaign and brand where a row names none."""

    def __init__(self, choices: Mapping[str, Any], formats: Mapping[Content, int], today: dt.date) -> None:
        self._platform = str(choices.get("platform") or "")
        self._campaign, self._brand = str(choices.get("new_campaign") or ""), str(choices.get("brand_name") or "")
        self._formats, self._today = formats, today

    def read(self, cells: Cells) -> Said:
        said = Said(campaign=_first(cells, "campaign") or self._campaign, brand=_first(cells, "brand") or self._brand)
        unread: list[str] = []
        self._person(said, cells)
        self._fee(said, cells)
        self._work(said, cells, unread)
        self._state(said, cells)
        _note(said, [text for _heading, text in cells.get("note", ())] + unread)
        return said

    def _person(self, said: Said, cells: Cells) -> None:
        said.name = _first(cells, "name")[:120]
        named = read_platform(_first(cells, "platform"))
        for heading, text in cells.get("account", ()):
            platform = named or read_platform(heading.casefold().replace("akun", "").strip()) or self._platform
            reading = read_account(text, platform)
            if reading.value is not None and said.account is None:
                said.account = reading.value
            elif not said.name and reading.value is None:
                said.name = text[:120]
        if said.account is None and not said.name:
            said.wrong.append(("nobody", "", ""))

    def _fee(self, said: Said, cells: Cells) -> None:
        for heading, text in cells.get("fee", ())[:1]:
            fee = read_fee(text)
            said.fee_said = text[:LONGEST_FEE]
            if fee.amount is not None:
                said.fee = (str(fee.amount), fee.currency)
            elif fee.unclear:
                said.remarks.append(("fee-said", heading, text))

    def _work(self, said: Said, cells: Cells, unread: list[str]) -> None:
        said.work_said = " + ".join(text for _heading, text in cells.get("work", ()))
        work = read_work(said.work_said, self._formats, said.account.platform if said.account else self._platform)
        if work.unread:
            said.remarks.append(("work-unread", "", work.unread))
            unread.append(work.unread)
        posts = self._days(said, cells, "post_on")
        drafts = self._days(said, cells, "draft_on")
        if posts is None or drafts is None or not work.pieces:
            return
        if not posts.days:
            said.remarks.append(("no-posting-day", "", said.work_said))
            unread.append(said.work_said)
            return
        self._plan(said, work.pieces, work.groups, posts.days, drafts.days)
        self._addresses(said, cells)

    def _days(self, said: Said, cells: Cells, meaning: str) -> Days | None:
        found = Days()
        for heading, text in cells.get(meaning, ()):
            days = read_days(text, self._today)
            if days.unread:
                said.wrong.append(("no-day", heading, text))
                return None
            if days.month_first:
                said.remarks.append(("month-first", heading, days.month_first))
            found.days += days.days
        return found

    def _plan(
        self, said: Said, pieces: list[Content], groups: list[int], posts: list[dt.date], drafts: list[dt.date]
    ) -> None:
        post_days, draft_days = spread(posts, pieces, groups), spread(drafts, pieces, groups)
        if post_days is None or draft_days is None:
            counts = f"{len(posts if post_days is None else drafts)} / {len(pieces)}"
            said.wrong.append(("days-and-things", "", counts))
            return
        for content, post_on, draft_on in zip(pieces, post_days, draft_days or [None] * len(pieces), strict=True):
            assert post_on is not None
            if draft_on is not None and draft_on > post_on:
                said.wrong.append(("draft-after-post", "", f"{draft_on.isoformat()} > {post_on.isoformat()}"))
                return
            said.pieces.append(Piece(content, post_on, draft_on))

    def _addresses(self, said: Said, cells: Cells) -> None:
        """Addresses go to what stays online first, in their order."""
        lasting = [piece for piece in said.pieces if piece.content[1] not in ("story", "story-link")]
        places = iter([*lasting, *(piece for piece in said.pieces if piece not in lasting)])
        for heading, text in cells.get("post_url", ()):
            for part in text.split():
                address = web_address(part)
                place = next(places, None) if address else None
                if place is None:
                    said.remarks.append(("no-address", heading, part[:200]))
                else:
                    place.url = address

    def _state(self, said: Said, cells: Cells) -> None:
        heading, text = next(iter(cells.get("state", ())), ("", ""))
        said.status, said.state_said = state_of(text), text[:200]
        if text and not said.status:
            said.wrong.append(("state", heading, text))
        if not text:
            out = bool(said.pieces) and all(piece.url for piece in said.pieces)
            said.status = STATUS.DONE if out else STATUS.AGREED
            said.remarks.append(("no-state-done" if out else "no-state-agreed", "", ""))


def spread(days: list[dt.date], pieces: list[Content], groups: list[int]) -> list[dt.date | None] | None:
    """A day for every piece: one for all, one for each, or one for each kind; None when they do not fit."""
    if not days:
        return [None] * len(pieces)
    if len(days) == 1:
        return [*days] * len(pieces)
    if len(days) == len(pieces):
        return [*days]
    if len(days) == len(groups):
        return [day for day, count in zip(days, groups, strict=True) for _piece in range(count)]
    return None


def web_address(text: str) -> str:
    """An address of the web, with its beginning; "" when it is none."""
    whole = text if text.startswith(("http://", "https://")) else f"https://{text}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        return ""
    fits = "." in parts.netloc and parts.netloc.isascii() and len(whole) <= LONGEST_ADDRESS
    return whole if fits and (parts.path.strip("/") or text != parts.netloc) else ""


def _first(cells: Cells, meaning: str) -> str:
    return next((text for _heading, text in cells.get(meaning, ())), "")


def _note(said: Said, texts: list[str]) -> None:
    whole = ". ".join(dict.fromkeys(text.strip(" .") for text in texts if text.strip(" .")))
    if len(whole) > LONGEST_NOTE:
        said.remarks.append(("note-cut", "", str(LONGEST_NOTE)))
    said.note = whole[:LONGEST_NOTE]
