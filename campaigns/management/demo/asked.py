"""What the season's live campaign asks and hears: offers, a brief accepted by most, codes; and the client's votes on the next."""

import datetime as dt
from collections.abc import Sequence

from campaigns.briefs.acceptance import accept
from campaigns.briefs.actions.writing import release, save_draft
from campaigns.briefs.content import Content, Item
from campaigns.briefs.models import Brief, BriefAck, BriefSending
from campaigns.briefs.queries import state_of
from campaigns.briefs.sending import send_brief
from campaigns.management.demo.people import marked
from campaigns.offers.actions.sending import Ask, send_offer
from campaigns.offers.models import Offer
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.models.told import Refused
from campaigns.shortlist.models import VoteRound
from campaigns.shortlist.votes_actions import Guest, Said, Voters, save_votes, start_round
from campaigns.tracking.codes import Wish, give_code, set_pattern
from campaigns.tracking.models import VoucherCode
from crm.base.zones import local_date
from crm.brands.models import Product
from crm.team.models import User
from crm.timeline.record import Actor

DAY = dt.timedelta(days=1)
SILENT = 6
"""This one has not said yes to the second version of the brief."""
NUMBERS = ("NA18260100001", "NA18260100002", "NA18260100003")
ITEMS = (
    Item("Serum terlihat dipakai, bukan hanya dipegang", "must"),
    Item("Sebut bahwa ini iklan di baris pertama", "must"),
    Item("Ceritakan cuaca di kotamu", "should"),
    Item("Musik, sudut, dan lelucon", "free"),
)
WORDS = {
    "language": "id",
    "colour_tone": "Hangat, cahaya pagi, tanpa filter kulit",
    "pose": "Di rumah, di teras, di motor: tempat kamu memang berada",
    "caption": "Dua minggu pertama dengan serum ini, apa adanya",
    "hashtags": ["kulittropis", "lumiskincare"],
    "upload_time": "Hari kerja, 18.30 sampai 20.30",
    "brand_story": "Lumi merawat kulit di negeri yang panas dan lembap.",
    "product_story": "Serum barrier 30 ml, pagi dan malam.",
    "public_benefit": "Orang belajar merawat kulit sebelum menutupinya.",
    "key_messages": "Kulit sehat dulu\nDua minggu dulu",
    "disclosure": "#iklan",
    "forbidden": ["memutihkan", "menyembuhkan"],
}


def ask_and_hear(team: dict[str, User], now: dt.datetime) -> None:
    """Everything around the live skincare campaign and the one that comes next."""
    actor = Actor.user(team["coordinator"])
    for product, number in zip(
        Product.objects.filter(brand__name="Lumi Skincare").order_by("pk"), NUMBERS, strict=False
    ):
        product.notification_no = number
        product.save()
    live = Campaign.objects.filter(name="Kulit Tropis").select_related("brand").first()
    coming = Campaign.objects.filter(name="Glow Akhir Tahun").select_related("brand").first()
    if live is None or coming is None:
        return
    cards = list(live.collaborations.select_related("influencer", "campaign__brand").order_by("pk"))
    offer([card for card in cards if card.status == "in_talks"][:2], actor, now)
    brief(live, [card for card in cards if card.is_promised], actor, now)
    codes(live, [card for card in cards if card.is_promised][:6], actor, now)
    vote(coming, team, now)


def offer(cards: Sequence[Collaboration], actor: Actor, now: dt.datetime) -> None:
    """Two who were called and think about it."""
    until = local_date(now, "Asia/Jakarta") + 4 * DAY
    for card in cards:
        send_offer(card, Ask(until, in_kind="Paket serum", by_myself=True), at=now - DAY, actor=actor)
    marked(*Offer.objects.filter(collaboration__in=cards))


def brief(campaign: Campaign, cards: Sequence[Collaboration], actor: Actor, now: dt.datetime) -> None:
    """Released ten days ago and accepted by all; the second version asks again, and one has not answered yet."""
    first = write(campaign, Content(WORDS, ITEMS, zone=campaign.zone), "ask_again", "", now - 10 * DAY, actor)
    tell(cards, now - 9 * DAY, actor)
    for card in cards:
        accept(card, at=now - 8 * DAY, actor=actor, channel="whatsapp", quote="Sudah saya baca, siap")
    items = (Item("Serum terlihat dipakai pagi dan malam", "must"), *ITEMS[1:])
    note = "Pemakaian malam ikut diperlihatkan"
    write(campaign, Content(WORDS, items, zone=campaign.zone), "ask_again", note, now - 3 * DAY, actor)
    tell(cards, now - 3 * DAY, actor)
    for card in (*cards[:SILENT], *cards[SILENT + 1 :]):
        accept(card, at=now - 2 * DAY, actor=actor, channel="whatsapp", quote="Oke versi baru")
    marked(
        first, *BriefAck.objects.filter(collaboration__in=cards), *BriefSending.objects.filter(collaboration__in=cards)
    )


def write(campaign: Campaign, content: Content, change: str, note: str, at: dt.datetime, actor: Actor) -> Brief:
    """One version, written and released; the brief it belongs to."""
    draft = save_draft(campaign, content, seen=state_of(campaign).token, at=at, actor=actor)
    release(draft, seen=state_of(campaign).token, change=change, note=note, at=at, actor=actor)
    return Brief.objects.get(campaign=campaign)


def tell(cards: Sequence[Collaboration], at: dt.datetime, actor: Actor) -> None:
    """The brief to everybody who can be written to."""
    for card in cards:
        try:
            send_brief(card, at=at, actor=actor)
        except Refused:  # somebody without an address, or who is not to be written to: as in life
            continue


def codes(campaign: Campaign, cards: Sequence[Collaboration], actor: Actor, now: dt.datetime) -> None:
    set_pattern(campaign, "{name}10", at=now - 9 * DAY, actor=actor)
    campaign.refresh_from_db()
    for card in cards:
        card.campaign = campaign
        give_code(card, Wish(), at=now - 9 * DAY, actor=actor)
    marked(*VoucherCode.objects.filter(campaign=campaign))


def vote(campaign: Campaign, team: dict[str, User], now: dt.datetime) -> None:
    """The client says whom to take for the year-end sets; the manager has not yet."""
    people = list(campaign.collaborations.select_related("influencer").order_by("pk")[:6])
    asked = VoteRound(
        campaign=campaign, title="Siapa ikut Glow Akhir Tahun?", close_on=local_date(now, "Asia/Jakarta") + 3 * DAY,
        words="Enam nama, tiga tempat.", started_by=team["coordinator"],
    )  # fmt: skip
    voters = Voters([team["manager"]], [Guest("Rina Halim", "rina@klien.example")], "id")
    start_round(asked, people, voters, at=now - DAY, actor=Actor.user(team["coordinator"]))
    hers = asked.ballots.select_related("contact").get(contact__email="rina@klien.example")
    said = {card.pk: Said("yes" if number < 3 else "maybe") for number, card in enumerate(people[:5])}
    save_votes(hers, said, at=now - DAY / 2, actor=Actor("contact", "Rina Halim"))
    marked(asked, hers.contact)
