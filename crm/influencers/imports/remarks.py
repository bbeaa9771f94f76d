"""What an import says about a cell or a row: short codes in storage, sentences in the reader's language on screen."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_words


class Remark(NamedTuple):
    """One thing worth saying: which sentence, about which column, and the words it needs."""

    code: str
    column: str = ""
    text: str = ""

    @property
    def sentence(self) -> str:
        """The remark in the active language."""
        text = SAY[self.code](self.text) if self.code in SAY else self.text
        said = str(SENTENCES[self.code]) % {"text": text}
        return f"{self.column}: {said}" if self.column else said


SENTENCES: dict[str, Promise] = {
    # Cells that could not be read: their text is kept as a note.
    "unreadable": _("“%(text)s” could not be read and is kept as a note."),
    "count": _("“%(text)s” is not a whole number; kept as a note."),
    "rate": _("“%(text)s” is not a rate; kept as a note."),
    "amount": _("“%(text)s” is not an amount; kept as a note."),
    "negotiable": _("“%(text)s”: the price is negotiable; kept as a note."),
    "terms": _("“%(text)s” are terms in words; kept as a note."),
    "account": _("“%(text)s” is not a handle or a profile address; kept as a note."),
    "post-address": _("“%(text)s” is the address of a post, not of a profile; kept as a note."),
    "phone": _("“%(text)s” is not a phone number; kept as a note."),
    "phone-cut": _("“%(text)s” lost digits in a spreadsheet; kept as a note. Ask for the number again."),
    "email": _("“%(text)s” is not an e-mail address; kept as a note."),
    "date": _("“%(text)s” is not a date; kept as a note."),
    "impossible-date": _("“%(text)s” is a day that does not exist; kept as a note."),
    "unlikely-birth": _("“%(text)s” cannot be a birth date; kept as a note."),
    "no-account": _("“%(text)s” belongs to no account in this row; kept as a note."),
    "niche": _("“%(text)s” is not in the list of niches; kept as a note."),
    "country": _("“%(text)s” is not a country; kept as a note."),
    "formula": _("“%(text)s” is a formula; it was not run and is kept as a note."),
    "too-long": _("The text is too long for this field; all of it is kept as a note."),
    # Cells that were read with an assumption.
    "rate-fraction": _("“%(text)s” was read as a fraction (0.031 is 3.1%%)."),
    "rate-percent": _("“%(text)s” was read as percent."),
    "month-first": _("“%(text)s” was read with the month first."),
    "phone-unassigned": _("“%(text)s” is not a number in use; check it."),
    "several": _("Several values; “%(text)s” is kept as a note."),
    "price-same-day": _("There is another price for the same from that very day; “%(text)s” is kept as a note."),
    "other-platform": _("The address is on another platform: saved as %(text)s."),
    "minor": _("Under 18: a guardian is needed before anything is signed."),
    # Rows.
    "no-name-no-handle": _("The row has neither a name nor a handle."),
    "empty": _("The row is empty."),
    "short-row": _("The row has fewer columns than the header."),
    "long-row": _("The row has more columns than the header; “%(text)s” is kept as a note."),
    "duplicate-of": _("Same account as row %(text)s, which counts."),
    "duplicate-name-of": _("The same row as row %(text)s, which counts."),
    "differs": _("It differs there: %(text)s."),
    "also-names": _("It also names %(text)s, which that row does not."),
    "same-name": _("Same name as row %(text)s, but another account: another person."),
    "nobody-yet": _("Nobody has this account yet."),
    "nobody-called": _("Nobody is called that yet."),
    "same-name-existing": _("Somebody is already called that, without this account: another person."),
    "handle-as-name": _("No name given: the handle stands in."),
    "do-not-contact": _("Marked as do not contact."),
    "declared-bar": _("Says exclusive: %(text)s. Kept as work for another brand."),
    "figures": _("New figures."),
    "older-figures": _("Older than the figures on file: kept as history."),
    "fills": _("Fills in: %(text)s."),
    "replaces": _("Replaces: %(text)s."),
    "keeps": _("Already known otherwise and left as it is: %(text)s."),
    "new-account": _("New account: %(text)s."),
    "nothing-new": _("Nothing new."),
    "two-people": _("The accounts belong to two different people: %(text)s. Choose or leave the row out."),
    "taken-meanwhile": _("The account was added by somebody else meanwhile."),
    "looks-like": _("Looks like %(text)s."),
    "forgotten": _(
        "Asked to be forgotten on %(text)s and is left out. Wants to come back? Add by hand, with a new agreement."
    ),
    "forgotten-since": _(
        "Named somebody who was forgotten after the file was rehearsed, and is left out. If it is about somebody else, "
        "import that row again."
    ),
    "chosen": _("Goes to %(text)s, as chosen."),
    "left-out": _("Left out, as chosen."),
}

# Cells of which some text became a note instead of a value: a person may want to correct them in the file.
UNREAD = frozenset(
    {
        "unreadable",
        "count",
        "rate",
        "amount",
        "terms",
        "account",
        "post-address",
        "phone",
        "phone-cut",
        "email",
        "date",
        "impossible-date",
        "unlikely-birth",
        "country",
        "formula",
        "too-long",
        "no-account",
        "several",
        "price-same-day",
        "long-row",
    }
)

FIELD_NAMES: dict[str, Promise] = {
    "name": _("name"),
    "stage_name": _("name"),
    "legal_name": _("legal name"),
    "city": _("city"),
    "country": _("country"),
    "birth_on": _("birth date"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "niches": _("niches"),
    "figures": _("figures"),
    "price_said": _("rate card"),
    "notes": _("remarks"),
    "lines": _("notes"),
}


def field_names(codes: str) -> str:
    """Names of fields for a person, from their comma-separated codes."""
    return ", ".join(str(FIELD_NAMES[code]) for code in codes.split(","))


def brand_and_day(text: str) -> str:
    """A brand and the last day of its exclusivity, the day in words."""
    brand, _comma, until_on = text.rpartition(", ")
    return f"{brand}, {day_words(dt.date.fromisoformat(until_on))}"


# Remarks whose stored text is codes, and how a person reads them.
SAY: dict[str, Callable[[str], str]] = {
    "fills": field_names,
    "replaces": field_names,
    "keeps": field_names,
    "differs": field_names,
    "declared-bar": brand_and_day,
}
