"""What somebody wrote herself in an answer: without our own words underneath, and without her telephone's signature."""

import re
from collections.abc import Sequence

LONGEST_LINE = 400
"""What stands above quoted words is never longer."""

WROTE = re.compile(r"^\W*(on|pada|op|am|le)\b.{4,300}\b(wrote|menulis|schreef|schrieb|a écrit)\s*:\s*$", re.IGNORECASE)
WROTE_BEGINS = re.compile(r"^\W*(on|pada)\b.{4,}\d", re.IGNORECASE)
ORIGINAL = re.compile(
    r"^\s*[-_]{2,}\s*(original message|pesan asli|original appointment|pesan terusan asli)\s*[-_]{2,}\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*_{10,}\s*$")
FROM = re.compile(r"^\W*(from|dari)\W*:\s*\S", re.IGNORECASE)
ALSO = re.compile(
    r"^\W*(sent|date|to|subject|dikirim|tanggal|kepada|untuk|ke|perihal|subjek|subyek)\W*:", re.IGNORECASE
)
SIGNED = re.compile(
    r"^\s*(sent from my |sent from |dikirim dari |terkirim dari |get outlook for |dapatkan outlook untuk "
    r"|unduh outlook untuk |sent via |yahoo mail )",
    re.IGNORECASE,
)


def own_words(text: str) -> str:
    """The words above, below and between what was quoted; the whole when nothing else is left."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = _without_signature(_without_quotes(lines))
    return _tidy(kept) or _tidy(lines)


def _without_quotes(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    place = 0
    while place < len(lines):
        after = _end_of_heading(lines, place)
        if after is not None:
            if not _is_marked(lines, after):
                break  # everything below was written by somebody else
            place = after
            continue
        if not lines[place].lstrip().startswith(">"):
            kept.append(lines[place])
        place += 1
    return kept


def _end_of_heading(lines: Sequence[str], place: int) -> int | None:
    """The line after what stands above quoted words, when that begins here: "On ... wrote:", "From: ... Sent: ..."."""
    line = lines[place][:LONGEST_LINE]
    if ORIGINAL.match(line):
        return place + 1
    if RULE.match(line) and _is_head(lines, place + 1):
        return place + 1
    if _is_head(lines, place):
        return place + 1
    for lasts in (1, 2, 3):
        said = " ".join(part[:LONGEST_LINE].strip() for part in lines[place : place + lasts])
        if WROTE.match(said) and (lasts == 1 or WROTE_BEGINS.match(line)):
            return place + lasts
    return None


def _is_head(lines: Sequence[str], place: int) -> bool:
    """Whether the head of another message begins here: From, and two of Sent, To, Subject near it."""
    if place >= len(lines) or not FROM.match(lines[place][:LONGEST_LINE]):
        return False
    return sum(bool(ALSO.match(line[:LONGEST_LINE])) for line in lines[place + 1 : place + 6]) >= 2


def _is_marked(lines: Sequence[str], place: int) -> bool:
    """Whether what is quoted from here on is marked line by line, so that words below it are her own."""
    first = next((line for line in lines[place : place + 4] if line.strip()), "")
    return first.lstrip().startswith(">")


def _without_signature(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if line in ("-- ", "--") and any(part.strip() for part in lines[:place]):
            lines = lines[:place]
            break
    while lines and (not lines[-1].strip() or SIGNED.match(lines[-1][:LONGEST_LINE])):
        lines = lines[:-1]
    return lines


def _tidy(lines: Sequence[str]) -> str:
    """No blank line at either end, never two in a row."""
    text = "\n".join(line.rstrip() for line in lines).strip()
    return re.sub(r"\n{3,}", "\n\n", text)
