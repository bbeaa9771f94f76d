"""Couriers, and what their words mean."""

import datetime as dt
from collections.abc import Iterator

from campaigns.samples.models import Courier, Shipment, StatusWord
from campaigns.samples.shipping import reminder_seeds  # noqa: F401  lays its rows
from crm.base.models import Grade
from crm.base.seeding import seed

SINCE = dt.date(2026, 11, 1)
LIST = ("Couriers of the trade", "https://gist.github.com/yunanmr/7b190587d2e3f03d7bf35101fa8c7de1", Grade.EXPERT)
OWN = ("House", "", Grade.HOUSE)
STATES = (
    "Vocabulary of tracking states",
    "https://www.trackingmore.com/docs/logistics_status.php?lang=id",
    Grade.OFFICIAL,
)
S = Shipment.Status

COURIERS = (
    ("jne", "JNE", "ID", r"[A-Z]{0,4}\d{10,16}", "https://jne.co.id/tracking-package?awb={waybill}", 3, LIST),
    ("jnt", "J&T Express", "ID", r"J[A-Z]\d{10}", "https://jet.co.id/track?awb={waybill}", 3, LIST),
    ("sicepat", "SiCepat", "ID", r"\d{12}", "https://www.sicepat.com/checkAwb?awb={waybill}", 3, LIST),
    ("anteraja", "AnterAja", "ID", r"1\d{13}", "https://anteraja.id/id/tracking/{waybill}", 3, LIST),
    ("tiki", "TIKI", "ID", r"\d{12}", "https://tiki.id/id/track?awb={waybill}", 4, LIST),
    ("pos", "POS Indonesia", "ID", r"(P\d{10,16}|[A-Z]{2}\d{9}ID|\d{11})", "https://www.posindonesia.co.id/id/tracking/{waybill}", 5, LIST),
    ("wahana", "Wahana", "ID", r"[A-Z]{3}\d{5}", "", 5, LIST),
    ("ninja", "Ninja Xpress", "ID", r"N[A-Z]{2,6}\d{6,14}", "https://www.ninjaxpress.co/id-id/tracking?id={waybill}", 4, LIST),
    ("lion", "Lion Parcel", "ID", r"\d{2}LP\d{13}", "https://lionparcel.com/track/stt?q={waybill}", 4, LIST),
    ("gosend", "GoSend", "ID", "", "", 0, OWN),
    ("grab", "GrabExpress", "ID", "", "", 0, OWN),
    ("own", "Somebody of ours", "ID", "", "", 0, OWN),
    ("dhl", "DHL Express", "DE", r"\d{10}", "https://www.dhl.com/en/express/tracking.html?AWB={waybill}", 5, OWN),
    ("royal-mail", "Royal Mail", "GB", r"[A-Z]{2}\d{9}GB", "https://www.royalmail.com/track-your-item#/tracking-results/{waybill}", 2, OWN),
    ("evri", "Evri", "GB", r"[A-Z0-9]{16}", "https://www.evri.com/track/parcel/{waybill}", 3, OWN),
    ("dpd", "DPD", "GB", r"\d{14}", "https://track.dpd.co.uk/search?reference={waybill}", 2, OWN),
)  # fmt: skip
"""Code, name, country, how numbers look, tracking page, days on the way, source. No pattern here is a promise of theirs."""

WITHOUT_NUMBER = {"gosend", "grab", "own"}

WORDS = (
    (S.SHIPPED, "received by jne counter officer", "shipment received by jne", "diterima oleh kurir", "diterima oleh agen"),
    (S.RETURNED_TO_SENDER, "returned to sender", "return to sender", "returned to shipper", "return to shipper", "retur", "dikembalikan ke pengirim", "kembali ke pengirim"),
    (S.FAILED_ATTEMPT, "failed attempt", "delivery failed", "failed delivery", "delivery attempt", "undelivered", "not delivered", "could not be delivered", "belum terkirim", "tidak terkirim", "not at home", "nobody home", "antar ulang", "gagal antar", "gagal kirim", "rumah kosong", "tidak ada di tempat", "penerima tidak di tempat"),
    (S.OUT_FOR_DELIVERY, "out for delivery", "with delivery courier", "sedang diantar", "dalam pengantaran", "dibawa kurir", "kurir sedang menuju", "akan dikirim ke alamat penerima"),
    (S.DELIVERED, "delivered", "delivered to", "received by", "proof of delivery", "pod", "paket telah diterima oleh", "telah diterima oleh", "diterima oleh", "terkirim", "paket telah sampai"),
    (S.EXCEPTION, "exception", "expired", "damaged", "customs hold", "address incomplete", "wrong address", "bad address", "alamat tidak lengkap", "alamat salah", "alamat tidak ditemukan", "paket bermasalah", "paket rusak", "kendala", "force majeure"),
    (S.IN_TRANSIT, "transit", "in transit", "departed", "arrived at", "received at", "picked up", "on process", "dalam pengiriman", "dalam perjalanan", "diberangkatkan", "berangkat dari", "tiba di", "telah tiba", "diteruskan ke", "proses sortir", "telah di pick up"),
    (S.SHIPPED, "pending", "not found", "manifested", "manifest", "info received", "information received", "label created", "shipment booked", "menunggu pickup", "menunggu penjemputan", "paket diterima di", "resi dibuat"),
)  # fmt: skip
"""Ours, then theirs. They are looked for in this order: a failure before the delivery it speaks of."""


@seed(Courier, "code")
def couriers() -> Iterator[Courier]:
    for position, (code, name, country, pattern, page, days, (source, url, grade)) in enumerate(COURIERS, 1):
        yield Courier(
            code=code,
            name=name,
            country=country,
            gives_waybill=code not in WITHOUT_NUMBER,
            waybill_pattern=pattern,
            tracking_url=page,
            transit_days=days,
            position=position,
            source=source,
            source_url=url,
            grade=grade,
            valid_from=SINCE,
        )


@seed(StatusWord, "words")
def status_words() -> Iterator[StatusWord]:
    source, url, grade = STATES
    for place, (status, *words) in enumerate(WORDS, 1):
        for said in words:
            yield StatusWord(
                words=said,
                status=status,
                position=place * 10,
                source=source,
                source_url=url,
                grade=grade,
                valid_from=SINCE,
            )
