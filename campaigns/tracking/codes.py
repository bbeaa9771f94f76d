"""Voucher codes: made of the campaign's pattern and her name, never given twice in the house."""

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration, Refused
from campaigns.tracking.models import VoucherCode
from crm.timeline.record import Actor, record

NAME = "{name}"
LONGEST = 30
FITS = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,29}")
NOBODY = "MITRA"
TRIES = 50

BADLY_WRITTEN = _("A code has 3 to 30 letters and digits, without blanks. Dash and underscore are fine inside.")
BAD_PATTERN = _(
    "A pattern is made of letters, digits, dash and underscore around {name}, as in {name}10, and has 3 to 30 of them."
)
TAKEN = _("“%(code)s” was given before, perhaps in another campaign. Choose another one.")
HAS_ONE = _("She has the code “%(code)s” already. Retire it first if she should get another one.")
NOT_AGREED = _("Nobody has agreed yet. A code is given once the card is agreed.")
BACKWARDS = _("The last day is before the first one.")
GONE = _("This code is retired already.")
NO_REASON = _("Say in a few words why it is retired.")
NONE_LEFT = _("No free code was found for this pattern. Type one.")


@dataclass(frozen=True)
class Wish:
    """What a code should be; empty means as the campaign has it."""

    code: str = ""
    offer: str = ""
    valid_from_on: dt.date | None = None
    valid_to_on: dt.date | None = None


def letters_of(words: str) -> str:
    """ASCII letters only, upper-case: Désirée becomes DESIREE."""
    plain = unicodedata.normalize("NFKD", words)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha()).upper()


def names_of(stage_name: str, handle: str) -> list[str]:
    """What {name} may stand for, the shortest to say first."""
    first, whole = letters_of(stage_name.split(" ")[0]), letters_of(stage_name)
    found = [name for name in (first, whole, letters_of(handle)) if len(name) >= 3]
    return list(dict.fromkeys(found)) or [whole or NOBODY]


def candidates(pattern: str, names: Sequence[str]) -> Iterator[str]:
    """KIRANA10, then KIRANAMAHESWARI10, then KIRANA2-10 ... the digit belongs to the name, not to what the code gives."""
    parts = clean_around(pattern or NAME)
    yield from (fill(parts, name) for name in names)
    for number in itertools.count(2):
        yield fill(parts, names[0], str(number))


def fill(parts: tuple[str, str, str], name: str, number: str = "") -> str:
    """The pattern with a name in it, cut where it would become too long. A number is kept apart from digits that follow."""
    before, placed, after = parts
    apart = "-" if number and after[:1].isdigit() else ""
    if not placed:
        return f"{before[: LONGEST - len(number) - 1]}{'-' if number else ''}{number}"
    rest = len(before) + len(number) + len(apart) + len(after)
    return f"{before}{name[: max(LONGEST - rest, 1)]}{number}{apart}{after}"[:LONGEST]


def clean(code: str) -> str:
    """As it is kept: upper-case, without anything around or between."""
    return re.sub(r"\s", "", code).upper()


def checked(code: str) -> str:
    """A typed code as it is kept; raises ValueError with what to do."""
    written = clean(code)
    if not FITS.fullmatch(written):
        raise ValueError(str(BADLY_WRITTEN))
    return written


def checked_pattern(pattern: str) -> str:
    """A pattern as it is kept; raises ValueError with what to do."""
    before, placed, after = clean_around(pattern)
    if pattern.strip() and not FITS.fullmatch(f"{before}{'NAME' if placed else ''}{after}"):
        raise ValueError(str(BAD_PATTERN))
    return f"{before}{placed}{after}"


def clean_around(pattern: str) -> tuple[str, str, str]:
    before, placed, after = pattern.replace("{NAME}", NAME).partition(NAME)
    return clean(before), placed, clean(after)


def set_pattern(campaign: Campaign, pattern: str, *, at: dt.datetime, actor: Actor) -> None:
    """How the next codes are made; those given stay as they are."""
    before = campaign.code_pattern
    if before == pattern:
        return
    with transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(code_pattern=pattern, updated_at=at)
        record(
            "campaign.changed", _("Voucher codes of %(campaign)s are made of %(pattern)s"), at=at, actor=actor,
            subject=campaign, params={"campaign": campaign, "pattern": pattern or NAME}, brand=campaign.brand_id,
            changes={"code_pattern": (before, pattern)},
        )  # fmt: skip
    campaign.code_pattern = pattern


def give_code(card: Collaboration, wish: Wish, *, at: dt.datetime, actor: Actor) -> VoucherCode:
    """Give her a code, typed or made of the campaign's pattern. Raises Refused with what to do; then nothing is written."""
    campaign = card.campaign
    if not card.is_promised:
        raise Refused(card, NOT_AGREED)
    first, last = wish.valid_from_on or campaign.start_on, wish.valid_to_on or campaign.end_on
    if last < first:
        raise Refused(card, BACKWARDS)
    row = VoucherCode(
        campaign=campaign, collaboration=card, offer=wish.offer, valid_from_on=first, valid_to_on=last
    )  # fmt: skip
    with transaction.atomic():
        _hold(card)
        _write(row, _wanted(card, wish))
        record(
            "code.given", _("Voucher code %(code)s for %(campaign)s"), at=at, actor=actor, subject=card,
            params={"code": row.code, "campaign": campaign}, influencer=card.influencer_id, brand=campaign.brand_id,
        )  # fmt: skip
    return row


def _hold(card: Collaboration) -> None:
    """Hold the card, so that one person gets one code; asks the stored rows, because those at hand may be old."""
    list(Collaboration.objects.select_for_update().filter(pk=card.pk).values_list("pk"))
    there = VoucherCode.objects.standing().filter(collaboration=card).first()
    if there is not None:
        raise Refused(card, HAS_ONE % {"code": there.code})


def _wanted(card: Collaboration, wish: Wish) -> Iterable[str]:
    if wish.code:
        return [wish.code]
    person = card.influencer
    return itertools.islice(
        candidates(card.campaign.code_pattern, names_of(person.stage_name, person.main_handle)), TRIES
    )


def _write(row: VoucherCode, wanted: Iterable[str]) -> None:
    """The first that is free. Somebody may take it between looking and writing: then the next one."""
    for code in wanted:
        if is_taken(code):
            continue
        row.code = code
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not is_taken(code):
                raise
        else:
            return
    raise Refused(row.collaboration, TAKEN % {"code": code} if isinstance(wanted, list) else NONE_LEFT)


def is_taken(code: str) -> bool:
    """Whether anybody has or had it; capital or small letters make no difference."""
    return VoucherCode.objects.annotate(upper=Upper("code")).filter(upper=code.upper()).exists()


def retire(row: VoucherCode, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """It counts no longer, and nobody gets it again. Raises Refused."""
    card = row.collaboration
    if not why.strip():
        raise Refused(card, NO_REASON)
    with transaction.atomic():
        standing = VoucherCode.objects.standing().filter(pk=row.pk)
        if not standing.update(retired_at=at, retired_because=why.strip(), updated_at=at):
            raise Refused(card, GONE)
        record(
            "code.retired", _("Voucher code %(code)s for %(campaign)s retired: %(why)s"), at=at, actor=actor,
            subject=card, params={"code": row.code, "campaign": card.campaign, "why": why.strip()},
            influencer=card.influencer_id, brand=card.campaign.brand_id,
        )  # fmt: skip
    row.retired_at, row.retired_because = at, why.strip()
