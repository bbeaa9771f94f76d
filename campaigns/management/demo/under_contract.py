"""Cards under contracts: one that waits for her, one that is signed with a post still to plan, one of two ambassadors."""

import datetime as dt

from campaigns.management.demo.agreed import sign_both
from campaigns.management.demo.people import marked
from campaigns.planning.actions.contracts import Wish, link_contract, plan_promised, write_contract
from campaigns.planning.models import Campaign, Collaboration
from crm.base.zones import local_date
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.drafting import draft
from crm.contracts.actions.sending import send
from crm.contracts.actions.signing import sign, sign_together
from crm.contracts.actions.terms import add_term
from crm.contracts.models import Contract, ContractTemplate, Party, PayLine, PromisedPost, Signature
from crm.exclusivity.models import OutsideDeal
from crm.influencers.models import Authority, Format, Influencer, Representation
from crm.outbox.models import Contact
from crm.team.models import User
from crm.timeline.record import Actor

DAYS = dt.timedelta(days=1)


def go_under_contracts(team: dict[str, User], now: dt.datetime) -> None:
    """Four people of the live skincare campaign, each as far as her contract is."""
    cards = list(
        Collaboration.objects.filter(campaign__name="Kulit Tropis", status__in=["agreed", "making"], party__isnull=True)
        .select_related("campaign__brand", "influencer")
        .order_by("pk")
    )
    if len(cards) < 2:
        return
    actor = Actor.user(team["coordinator"])
    wait_for_her(cards[0], actor, now)
    run(cards[1], team, actor, now)
    sign_for_two(cards[0].campaign, team, now)
    move_by_date(now)


def wait_for_her(card: Collaboration, actor: Actor, now: dt.datetime) -> None:
    """Written and sent two days ago; the offer stands until the end of next week."""
    sent_at, until = now - 2 * DAYS, local_date(now, card.campaign.zone) + 9 * DAYS
    contract = write_contract(card, Wish(offer_until_on=until), at=sent_at, actor=actor)
    marked(contract)
    send(contract, at=sent_at, actor=actor)


def run(card: Collaboration, team: dict[str, User], actor: Actor, now: dt.datetime) -> None:
    """Signed by both, with one story more than anybody planned."""
    contract = write_contract(card, Wish(), at=now - 5 * DAYS, actor=actor)
    marked(contract)
    story = PromisedPost(contract=contract, party=contract.parties.talents().get(), format=instagram("story"))
    add_term(story, at=now - 5 * DAYS, actor=actor)
    sign_both(contract, team, now - 4 * DAYS)


def sign_for_two(campaign: Campaign, team: dict[str, User], now: dt.datetime) -> None:
    """A season as ambassadors: one contract, one agent who signs for both because both said so, and is paid for both."""
    template = ContractTemplate.objects.filter(kind=Contract.Kind.AMBASSADOR, is_active=True).order_by("pk").first()
    free = Representation.objects.filter(capacity=Representation.Capacity.AGENT).exclude(
        influencer__in=OutsideDeal.objects.values("influencer")
    )
    stands = list(free.select_related("contact", "influencer").order_by("-pk")[:2])
    if template is None or len(stands) < 2:
        return
    at, actor, agent = now - 6 * DAYS, Actor.user(team["coordinator"]), stands[0].contact
    cards = [take_part(campaign, one.influencer) for one in stands]
    authorities = {one.influencer_id: let_sign(one, team, at) for one in stands}
    brand, today = campaign.brand, local_date(now, campaign.zone)
    contract = Contract(
        kind=Contract.Kind.AMBASSADOR, title=f"{brand} · Duta Musim Hujan", brand=brand, category=brand.category,
        owner=team["coordinator"], payee=agent, start_on=today - 5 * DAYS, end_on=today + 175 * DAYS, language="id",
        wording=template.newest,
    )  # fmt: skip
    draft(contract, [card.influencer for card in cards], at=at, actor=actor)
    marked(contract)
    for party in contract.parties.talents():
        add_term(PayLine(contract=contract, party=party, amount=9_000_000), at=at, actor=actor)
        for code, count in (("reel", 2), ("story", 3)):
            add_term(
                PromisedPost(contract=contract, party=party, format=instagram(code)), at=at, actor=actor, count=count
            )
    agent_signs(contract, agent, authorities, team, at)
    for card in cards:
        link_contract(card, contract.parties.talents().get(influencer=card.influencer_id), at=at, actor=actor)
    plan_promised(cards[0], at=at, actor=actor)
    marked(*cards[0].deliverables.all())


def agent_signs(
    contract: Contract, agent: Contact, authorities: dict[int, Authority], team: dict[str, User], at: dt.datetime
) -> None:
    """Once for both, then the brand."""
    signatures = [
        Signature(
            party=party, how="name", name=agent.name, acting_for=party.name, signed_at=at, zone=contract.zone,
            authority=authorities[party.influencer_id or 0],
        )
        for party in contract.parties.talents()
    ]  # fmt: skip
    sign_together(signatures, at=at, actor=Actor("contact", agent.name))
    house = contract.parties.get(role=Party.Role.BRAND)
    ours = Signature(party=house, how="house", name=team["manager"].name, signed_at=at, zone=contract.zone)
    sign(ours, at=at, actor=Actor.user(team["manager"]))
    marked(*signatures, ours)


def take_part(campaign: Campaign, person: Influencer) -> Collaboration:
    """Her card in the campaign."""
    card, made = Collaboration.objects.get_or_create(campaign=campaign, influencer=person)
    if made:
        marked(card)
    return card


def let_sign(stands: Representation, team: dict[str, User], at: dt.datetime) -> Authority:
    """Her agent may sign for her, and how we know."""
    return Authority.objects.create(
        stands=stands, power=Authority.Power.SIGN, since_on=local_date(at, stands.influencer.zone) - 30 * DAYS,
        recorded_by=team["manager"], evidence="Surat kuasa bertanda tangan, dikirim lewat e-mail.",
    )  # fmt: skip


def instagram(code: str) -> Format:
    return Format.objects.get(code=code, platform__code="instagram")
