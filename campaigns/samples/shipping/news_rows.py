"""What a line of a courier's file says: which parcel, when, in which words."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from campaigns.samples.models import Shipment, ShipmentEvent
from campaigns.samples.shipping.couriers import Words, tidy_waybill
from crm.influencers.imports.reading import SourceRow
from crm.influencers.imports.values import read_date
from crm.intake.columns import bare, cells_by_meaning
from crm.intake.kinds import Judged
from crm.intake.models import Intake, IntakeLine

V = IntakeLine.Verdict
HEADINGS = {
    "waybill": "waybill awb resi|no resi|nomor resi|waybill number|tracking number|tracking no|tracking id|cn|consignment",
    "at": "when date tanggal|tgl|time stamp|timestamp|date time|datetime|event date|event time|waktu|tanggal waktu",
    "clock": "clock|hour|jam|time|pukul",
    "words": "status words|event|description|keterangan|remark|remarks|status terakhir|activity",
    "place": "place location city kota|lokasi|where|tempat",
}
CLOCK = re.compile(r"(?<!\d)(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?:[:.][0-5]\d)?(?!\d)")
ZONES = {"ID": "Asia/Jakarta", "GB": "Europe/London", "DE": "Europe/Berlin"}
"""Where a courier's clock hangs, by the courier's country."""

KNOWN = {
    name: meaning for meaning, said in HEADINGS.items() for name in [*said.split("|")[0].split(), *said.split("|")[1:]]
}


def target_of(heading: str) -> str:
    """What a heading means; "" when it is not known."""
    return KNOWN.get(bare(heading), "")


def moment_of(text: str, clock: str, zone: str, now: dt.datetime) -> dt.datetime | None:
    """The moment a cell says, in the courier's zone unless it names its own; a day without an hour is its noon."""
    try:
        whole = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        whole = None
    if whole is not None and whole.tzinfo is not None:
        return whole
    time = CLOCK.search(clock) or CLOCK.search(text[6:])
    day = read_date(
        (text[: time.start() + 6] if time and time.string != clock else text).strip(" ,T"), now.date()
    ).value
    if day is None:
        return None
    at = dt.time(int(time["h"]), int(time["m"])) if time else dt.time(12)
    moment = dt.datetime.combine(day, at, ZoneInfo(zone))
    return moment if time or moment <= now else min(moment, now)


class Judging:
    """Judges lines part by part."""

    def __init__(self, run: Intake, now: dt.datetime) -> None:
        self._run, self._now, self._words = run, now, Words()

    def __call__(self, rows: Sequence[SourceRow]) -> list[Judged]:
        said = [{name: cells[0][1] for name, cells in cells_by_meaning(self._run, row.cells).items()} for row in rows]
        parcels = self._parcels(tidy_waybill(one.get("waybill", "")) for one in said)
        judged = [self._judged(row, one, parcels) for row, one in zip(rows, said, strict=True)]
        return self._against_known(judged)

    def _parcels(self, waybills: Iterable[str]) -> dict[str, list[Shipment]]:
        rows = Shipment.objects.filter(waybill__in={number for number in waybills if number}).with_request()
        if self._run.started_by is not None:
            rows = rows.visible_to(self._run.started_by)
        found: dict[str, list[Shipment]] = {}
        for row in rows.order_by("pk"):
            found.setdefault(row.waybill, []).append(row)
        return found

    def _judged(self, row: SourceRow, said: dict[str, str], parcels: dict[str, list[Shipment]]) -> Judged:
        waybill, words = tidy_waybill(said.get("waybill", "")), said.get("words", "")[:200]
        judged = Judged(row.number, V.REJECTED, waybill, words, cells=row.cells)
        meant = parcels.get(waybill, [])
        if not waybill or not words:
            judged.reasons.append(("says-nothing", "", ""))
        elif not meant:
            judged.verdict = V.UNKNOWN
            judged.reasons.append(("no-parcel", "", waybill))
        elif len(meant) > 1:
            judged.verdict = V.CONFLICT
            judged.reasons.append(("several", "", waybill))
        else:
            self._settle(judged, meant[0], said, words)
        return judged

    def _settle(self, judged: Judged, parcel: Shipment, said: dict[str, str], words: str) -> None:
        zone = ZONES.get(parcel.courier.country if parcel.courier else "ID", "Asia/Jakarta")
        at = moment_of(said.get("at", ""), said.get("clock", ""), zone, self._now)
        judged.who = f"{parcel.request.influencer.stage_name} · {parcel.waybill}"
        if at is None or at > self._now:
            judged.reasons.append(("no-moment" if at is None else "to-come", "", said.get("at", "")))
            return
        if not self._words.meaning(words, parcel.courier_id):
            judged.reasons.append(("unknown-words", "", words))
        judged.verdict = V.NEW
        judged.facts = {
            "shipment": parcel.pk,
            "at": at.isoformat(),
            "words": words,
            "place": said.get("place", "")[:120],
        }

    def _against_known(self, judged: list[Judged]) -> list[Judged]:
        """What is on file already changes nothing."""
        new = [one for one in judged if one.verdict == V.NEW]
        rows = ShipmentEvent.objects.filter(shipment__in={one.facts["shipment"] for one in new})
        known = set(rows.values_list("shipment", "at", "raw_status"))
        for one in new:
            key = (one.facts["shipment"], dt.datetime.fromisoformat(one.facts["at"]), one.facts["words"])
            if key in known:
                one.verdict = V.UNCHANGED
                one.reasons.append(("there", "", ""))
            known.add(key)
        return judged
