"""A warehouse's list of waybills, pasted: each line's number, and whose parcel it is, by phone or by name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from campaigns.samples.models import Courier, Shipment
from campaigns.samples.shipping.couriers import looks_like, tidy_waybill
from crm.influencers.imports.values.contacts import read_phone

MOST_LINES = 500
TOKEN = re.compile(r"[^\s,;|]+")
PHONE = re.compile(r"(?:\+|0|62)[\d\s().-]{7,16}\d")
NUMBER_LIKE = re.compile(r"(?=(?:.*\d){5})[A-Z0-9-]{7,40}", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Understood:
    """One line: the number in it, its courier, and the parcels it may be about; `is_sure` needs no choosing."""

    line: str
    waybill: str
    courier: Courier | None
    parcels: tuple[Shipment, ...] = ()
    is_sure: bool = False
    why: str = ""

    @property
    def parcel(self) -> Shipment | None:
        return self.parcels[0] if self.is_sure else None


def understand(text: str, waiting: Sequence[Shipment], couriers: Sequence[Courier], usual: Courier) -> list[Understood]:
    """Every line that says something; a parcel that two lines mean is chosen by a person."""
    people = [Waiting(parcel) for parcel in waiting]
    lines = [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
    found = [_line(line, people, couriers, usual) for line in lines]
    sure = [one.parcel.pk for one in found if one.parcel is not None]
    return [_again(one) if one.parcel is not None and sure.count(one.parcel.pk) > 1 else one for one in found]


def _again(one: Understood) -> Understood:
    why = _("Two lines mean this parcel. Choose the one that is right.")
    return Understood(one.line, one.waybill, one.courier, one.parcels, False, why)


class Waiting:
    """A parcel that waits for its number, and what it is known by."""

    def __init__(self, parcel: Shipment) -> None:
        self.parcel = parcel

    @cached_property
    def phone(self) -> str:
        return str(self.parcel.address_snapshot.get("phone", ""))

    @cached_property
    def names(self) -> list[list[str]]:
        said = (self.parcel.address_snapshot.get("recipient", ""), self.parcel.request.influencer.stage_name)
        return [words_of(name) for name in said if name]

    def is_called(self, words: Sequence[str]) -> bool:
        return bool(words) and list(words) in self.names

    def begins_like(self, words: Sequence[str]) -> bool:
        """“Kirana A” for Kirana Ayu: each word begins one of hers, in their order."""
        return bool(words) and any(_in_order(words, name) for name in self.names)


def words_of(text: str) -> list[str]:
    return LETTERS.findall(text.casefold())


def _in_order(words: Sequence[str], name: Sequence[str]) -> bool:
    place = 0
    for word in words:
        while place < len(name) and not name[place].startswith(word):
            place += 1
        if place == len(name):
            return False
        place += 1
    return True


def _line(line: str, people: Sequence[Waiting], couriers: Sequence[Courier], usual: Courier) -> Understood:
    phone, rest = _phone_in(line, people)
    token = _number_in(rest, couriers, usual)
    waybill = tidy_waybill(token)
    if not waybill:
        return Understood(line, "", usual, (), False, _("No waybill number was found in this line."))
    courier = _courier(rest, waybill, couriers, usual)
    known = {courier.name.casefold(), courier.code}
    said = rest.replace(token, " ")
    for name in known:
        said = re.sub(re.escape(name), " ", said, flags=re.IGNORECASE)
    return _whose(line, waybill, courier, phone, words_of(said), people)


def _whose(
    line: str, waybill: str, courier: Courier, phone: str, words: Sequence[str], people: Sequence[Waiting]
) -> Understood:
    """By phone before by name, by the whole name before by its beginning; several are for a person to choose from."""
    ways = (
        [one for one in people if phone and one.phone == phone],
        [one for one in people if one.is_called(words)],
        [one for one in people if one.begins_like(words)],
    )
    found = next((tuple(one.parcel for one in way) for way in ways if way), ())
    if len(found) == 1:
        return Understood(line, waybill, courier, found, True)
    why = _("Several parcels go to somebody of that name. Choose one.") if found else _("Nobody of the waiting parcels is meant. Choose one, or leave it.")  # fmt: skip
    return Understood(line, waybill, courier, found, False, why)


def _phone_in(line: str, people: Sequence[Waiting]) -> tuple[str, str]:
    """A phone number one of the parcels has, and the line without it."""
    known = {one.phone for one in people if one.phone}
    for match in PHONE.finditer(line):
        number = read_phone(match.group()).value
        if number in known:
            return str(number), f"{line[: match.start()]} {line[match.end() :]}"
    for match in TOKEN.finditer(line):
        number = read_phone(match.group()).value
        if number in known:
            return str(number), f"{line[: match.start()]} {line[match.end() :]}"
    return "", line


def _number_in(line: str, couriers: Iterable[Courier], usual: Courier) -> str:
    """What looks most like a waybill: as the usual courier writes them, as another does, else the longest."""
    tokens = [token for token in TOKEN.findall(line) if NUMBER_LIKE.fullmatch(token)]
    theirs = [courier for courier in couriers if courier.waybill_pattern]
    for fits in ([usual] if usual.waybill_pattern else [], theirs):
        for token in tokens:
            if any(looks_like(courier, tidy_waybill(token)) for courier in fits):
                return str(token)
    return str(max(tokens, key=len, default=""))


def _courier(line: str, waybill: str, couriers: Iterable[Courier], usual: Courier) -> Courier:
    """Named in the line; else the usual one when the number looks like his; else whose it looks like."""
    said = f" {' '.join(TOKEN.findall(line.casefold()))} "
    named = [one for one in couriers if f" {one.name.casefold()} " in said or f" {one.code} " in said]
    if named:
        return named[0]
    fitting = [one for one in couriers if one.waybill_pattern and looks_like(one, waybill)]
    return usual if usual in fitting or not fitting else fitting[0]
