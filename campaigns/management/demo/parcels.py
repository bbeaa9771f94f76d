"""Parcels of the season: one that came late and moved the dates, one on its way, stuck, lost, to be packed; gifts, loans, an evening."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from djmoney.money import Money

from campaigns.events.actions.planning import invite, list_guests, plan_event
from campaigns.events.actions.seats import say_no, say_yes
from campaigns.events.models import Event
from campaigns.management.demo.people import marked
from campaigns.planning.models import Campaign, Collaboration
from campaigns.samples.after.actions import loan_back
from campaigns.samples.arriving.actions import delivered, lost
from campaigns.samples.arriving.replacing import replace
from campaigns.samples.asking.actions import Wanted, ask_for
from campaigns.samples.asking.answers import Heard, goes_to
from campaigns.samples.models import (
    Courier,
    Purpose,
    ReturnRequest,
    SampleRequest,
    Shipment,
    StockBatch,
    StockLocation,
)
from campaigns.samples.shipping.actions import Heard as News
from campaigns.samples.shipping.actions import Leave, note_event, pack, put_together, ship
from campaigns.samples.stock.actions import receive
from crm.base.zones import local_date
from crm.brands.models import Brand, Product, ProductVariant
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor

DAY = dt.timedelta(days=1)
ZONE = "Asia/Jakarta"
SHADES = (("01 Pasir", "#e3c9a8"), ("02 Sawo", "#b98a5e"), ("03 Jati", "#8a5a3b"))
STREETS = (
    ("Jl. Kenanga 4", "003/007", "Sukajadi", "Sukajadi", "Bandung", "Jawa Barat", "40162"),
    ("Jl. Melati Raya 18", "001/002", "Caturtunggal", "Depok", "Sleman", "DI Yogyakarta", "55281"),
    ("Gang Mawar 7", "005/004", "Gubeng", "Gubeng", "Surabaya", "Jawa Timur", "60281"),
)


class Post:
    """Who sends, and the days everything is told from."""

    def __init__(self, team: dict[str, User], now: dt.datetime) -> None:
        self.owner, self.now = team["coordinator"], now
        self.actor = Actor.user(self.owner)
        self.couriers = {courier.code: courier for courier in Courier.objects.all()}
        self._number = 400_100

    def ago(self, days: float) -> dt.datetime:
        return self.now - days * DAY

    def on(self, days: float) -> dt.date:
        return local_date(self.now + days * DAY, ZONE)

    def asked(
        self, card: Collaboration, product: Product, days_ago: float, needed_in: int, **more: object
    ) -> SampleRequest:
        """A product that is part of the pay, asked for so many days ago; what she makes waits for it."""
        waits = list(card.deliverables.draft_open())
        lines = [Wanted(product, she_chooses=product.variants.exists())]
        given: dict[str, object] = {"purpose": Purpose.CONTRACTUAL, "waits": waits, **more}
        return ask_for(
            card.influencer, card.campaign.brand, lines, card=card, needed_by_on=self.on(needed_in), owner=self.owner,
            at=self.ago(days_ago), actor=self.actor, **given,  # type: ignore[arg-type]
        )  # fmt: skip

    def told(self, request: SampleRequest, days_ago: float) -> None:
        """She said on WhatsApp where it goes, and which one she would like."""
        street = STREETS[request.pk % len(STREETS)]
        names = ("street", "rt_rw", "kelurahan", "kecamatan", "city", "province", "postcode")
        person = request.influencer
        details = dict(zip(names, street, strict=True)) | {
            "recipient": person.stage_name, "phone": f"+62812900{request.pk:05d}", "country": "ID",
        }  # fmt: skip
        choices = {
            item.pk: shade
            for item in request.items.select_related("product")
            if item.waits_for_choice and (shade := item.product.variants.order_by("position").first())
        }
        heard = Heard(self.ago(days_ago), self.actor, channel="whatsapp", quote="Alamatku masih yang ini ya")
        goes_to(request, details, heard, only_once=False, agrees=True, choices=choices)

    def packed(self, request: SampleRequest, days_ago: float) -> Shipment:
        return pack(self.together(request, days_ago), at=self.ago(days_ago), actor=self.actor)

    def together(self, request: SampleRequest, days_ago: float) -> Shipment:
        return put_together(request, at=self.ago(days_ago), actor=self.actor)

    def shipped(self, shipment: Shipment, days_ago: float, courier: str) -> Shipment:
        self._number += 17
        leave = Leave(
            self.couriers[courier], f"{courier.upper()[:2]}{self._number:010d}", "REG", Money(Decimal(18_000), "IDR")
        )
        return ship(shipment, leave, at=self.ago(days_ago), actor=self.actor)

    def arrived(self, shipment: Shipment, days_ago: float) -> None:
        when = self.ago(days_ago)
        delivered(shipment, on_at=when, at=when, actor=self.actor, confirmed=True, channel="whatsapp")


def send_samples(team: dict[str, User], now: dt.datetime) -> None:
    """Everything that travels in the season, and the evening to which some are invited."""
    post = Post(team, now)
    skin = Campaign.objects.filter(name="Kulit Tropis").select_related("brand").first()
    teeth = Campaign.objects.filter(name="Senyum Setiap Hari").select_related("brand").first()
    if skin is None or teeth is None:
        return
    shelves(skin.brand, post)
    serum = Product.objects.get(brand=skin.brand, name="Barrier serum 30 ml")
    tint = Product.objects.get(brand=skin.brand, name="Sunscreen gel SPF 50")
    travel(post, waiting_for_work(skin), serum, tint)
    lend(post, teeth)
    give(post, skin.brand, serum)
    evening(post, skin)
    marked(*SampleRequest.objects.all(), *Shipment.objects.all(), *ReturnRequest.objects.all(), *Event.objects.all())


def shelves(brand: Brand, post: Post) -> None:
    """Lumi counts what it sends: two batches of serum, and its sunscreen in three shades."""
    Brand.objects.filter(pk=brand.pk).update(counts_stock=True)
    brand.counts_stock = True
    place = StockLocation.objects.create(
        name="Rak kantor",
        brand=brand,
        sender="Studio Mitra",
        phone="+62229900110",
        address="Jl. Cempaka Raya 12, Bandung 40115",
    )
    products = {product.name: product for product in Product.objects.filter(brand=brand).select_related("brand")}
    serum, gel = products["Barrier serum 30 ml"], products["Sunscreen gel SPF 50"]
    shades = [
        ProductVariant.objects.create(
            product=gel, name=name, swatch=colour, position=number, sku=f"SPF-{number + 1:02d}"
        )
        for number, (name, colour) in enumerate(SHADES)
    ]
    at, actor = post.ago(30), post.actor
    receive(place, serum, None, 6, batch_no="L2609", expires_on=post.on(95), at=at, actor=actor)
    receive(place, serum, None, 40, batch_no="L2611", expires_on=post.on(400), at=at, actor=actor)
    for shade in shades:
        receive(place, gel, shade, 12, batch_no="G2610", expires_on=post.on(500), at=at, actor=actor)
    marked(place, *shades, *StockBatch.objects.all())


def waiting_for_work(campaign: Campaign) -> Iterator[Collaboration]:
    """Those who said yes and have a draft to make."""
    cards = campaign.collaborations.promised().select_related("influencer", "campaign__brand").order_by("pk")
    return iter([card for card in cards if card.deliverables.draft_open().exists()])


def travel(post: Post, cards: Iterator[Collaboration], serum: Product, tint: Product) -> None:
    """One parcel in every state, as far as there are people who wait for one."""
    for number, card in enumerate(cards):
        product = tint if number in (1, 6) else serum
        if number == 0:
            asked = post.asked(card, product, 12, -5)
            post.told(asked, 11)
            post.arrived(post.shipped(post.packed(asked, 10), 8, "jne"), 2)
        elif number == 1:
            asked = post.asked(card, product, 6, 2)
            post.told(asked, 5)
            post.shipped(post.packed(asked, 3), 1, "sicepat")
        elif number == 2:
            asked = post.asked(card, product, 12, -1)
            post.told(asked, 11)
            parcel = post.shipped(post.packed(asked, 8), 6, "jnt")
            note_event(
                parcel,
                News(post.ago(3), "Paket sedang dalam perjalanan", place="Semarang"),
                at=post.ago(3),
                actor=post.actor,
            )
        elif number == 3:
            asked = post.asked(card, product, 14, -4)
            post.told(asked, 13)
            gone = post.shipped(post.packed(asked, 12), 11, "jnt")
            lost(gone, at=post.ago(3), actor=post.actor)
            again = replace(Shipment.objects.with_request().get(pk=gone.pk), at=post.ago(3), actor=post.actor)
            post.shipped(again, 1, "jne")
        elif number == 4:
            asked = post.asked(card, product, 5, 4)
            post.told(asked, 4)
            post.packed(asked, 2)
        elif number == 5:
            asked = post.asked(card, product, 4, 6)
            post.told(asked, 1)
        else:
            post.asked(card, product, 2, 7, days_after=5)
            if number == 7:
                return


def lend(post: Post, campaign: Campaign) -> None:
    """Two toothbrushes that come back: one soon, one that should have been here three days ago. A third waits for a yes."""
    brush = Product.objects.get(brand=campaign.brand, name="Sonic toothbrush")
    Product.objects.filter(pk=brush.pk).update(may_be_lent=True)
    cards = list(campaign.collaborations.promised().select_related("influencer", "campaign__brand").order_by("pk")[:3])
    for card, back_in in zip(cards, (2, -3), strict=False):
        asked = post.asked(card, brush, 30, -24, purpose=Purpose.LOAN, return_due_on=post.on(back_in), waits=[])
        post.told(asked, 29)
        parcel = post.shipped(post.packed(asked, 28), 27, "anteraja")
        post.arrived(parcel, 25)
        loan_back(Shipment.objects.with_request().get(pk=parcel.pk), at=post.ago(25))
    Brand.objects.filter(pk=campaign.brand_id).update(approves_samples=True)
    for card in cards[2:]:
        card.campaign.brand.approves_samples = True
        post.asked(card, brush, 0.2, 8, waits=[])


def give(post: Post, brand: Brand, product: Product) -> None:
    """Two gifts to people without a campaign, nothing owed for them."""
    free = Influencer.objects.filter(
        archived_at__isnull=True,
        merged_into__isnull=True,
        do_not_contact_at__isnull=True,
        representations__isnull=False,
    )
    free = free.exclude(birth_on__gt=post.on(-20 * 366)).exclude(pk__in=Collaboration.objects.values("influencer"))
    strangers = free.distinct().order_by("pk")[:2]
    for person, purpose, since in zip(strangers, (Purpose.GIFT_SOFT_ASK, Purpose.GIFT_NO_ASK), (12, 6), strict=False):
        asked = ask_for(
            person, brand, [Wanted(product)], purpose=purpose, owner=post.owner, at=post.ago(since), actor=post.actor
        )
        post.told(asked, since - 1)
        post.arrived(post.shipped(post.packed(asked, since - 2), since - 2, "jne"), since - 4)


def evening(post: Post, campaign: Campaign) -> None:
    """An evening with five seats: most come, one cannot, one waits, one has not said."""
    day = post.on(9)
    event = Event(
        brand=campaign.brand, campaign=campaign, name="Senja Bersama Lumi", zone=ZONE, place="Rooftop Braga, Bandung", seats=5,
        starts_at=dt.datetime.combine(day, dt.time(11, 0), tzinfo=dt.UTC), value=Decimal(450_000),
        answer_by_on=post.on(4), owner=post.owner, about="Makan malam, lampu redup, boleh bawa kamera.",
    )  # fmt: skip
    plan_event(event, at=post.ago(6), actor=post.actor)
    cards = campaign.collaborations.promised().select_related("influencer").order_by("pk")[:9]
    list_guests(event, [card.influencer for card in cards], at=post.ago(6), actor=post.actor)
    guests = list(event.guests.with_event().order_by("pk"))
    invite(guests[:-1], at=post.ago(5), actor=post.actor)
    for number, guest in enumerate(guests[:-2]):
        if number == 1:
            say_no(guest, at=post.ago(4), actor=post.actor, note="Ada acara keluarga", channel="whatsapp")
        else:
            say_yes(guest, at=post.ago(4), actor=post.actor, channel="whatsapp")
