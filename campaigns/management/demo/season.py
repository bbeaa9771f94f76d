"""Six campaigns in different states, played through the same methods the pages use."""

import datetime as dt
import random

from campaigns.management.demo.agreed import agree
from campaigns.management.demo.ambassadors import have_ambassadors
from campaigns.management.demo.asked import ask_and_hear
from campaigns.management.demo.cast import CAMPAIGNS, DemoCampaign
from campaigns.management.demo.counted import count_posts
from campaigns.management.demo.desk import work_at_desks
from campaigns.management.demo.drafts import draft_of, say_yes
from campaigns.management.demo.paid import pay_people
from campaigns.management.demo.parcels import send_samples
from campaigns.management.demo.people import found_brands, hire, marked, meet
from campaigns.management.demo.planned import plan as plan_campaign
from campaigns.management.demo.planned import profile
from campaigns.management.demo.promises import promise_exclusivity
from campaigns.management.demo.reviews import review_drafts
from campaigns.management.demo.running import bring_running_work
from campaigns.management.demo.sold import sell_by_codes
from campaigns.management.demo.under_contract import go_under_contracts
from campaigns.management.demo.vetting import vet
from campaigns.management.demo.wishes import wish_and_rest
from campaigns.management.demo.written import write_messages
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation
from crm.base.zones import local_date, local_instant
from crm.brands.models import Brand, Territory
from crm.influencers.alikes.sweep import sweep
from crm.influencers.models import Format, Influencer
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.record import Actor

SEED = 20261124
POSTED = 0.86
"""From here on along a board everything is out."""


def play(now: dt.datetime) -> None:
    """Write the whole season. Call it on an empty database; dates are counted from `now`."""
    luck = random.Random(SEED)  # noqa: S311  the same season every time, no secret
    house = Organisation.load()
    house.name, house.opened_at, house.is_demo = "Studio Mitra", now, True
    house.postal_address = "Jl. Cempaka Raya 12, Bandung 40115"
    house.save()
    team, brands = hire(), found_brands()
    for brand in brands.values():
        profile(brand)
    people = meet(luck, team["coordinator"], now)
    start = 0
    for plan in CAMPAIGNS:
        run_campaign(plan, brands[plan.brand], people[start : start + plan.people], team, luck, now)
        start = (start + plan.people) % (len(people) - 24)
    bring_running_work(team["coordinator"], now)
    vet(people, team, now)
    promise_exclusivity(team, now)
    agree(people, team, now)
    go_under_contracts(team, now)
    ask_and_hear(team, now)
    send_samples(team, now)
    review_drafts(team, now)
    work_at_desks(people, team, now)
    wish_and_rest(people, team, now)
    have_ambassadors(people, brands, team, now)
    pay_people(team, now)
    count_posts(Actor.user(team["coordinator"]), now)
    sell_by_codes(team, now)
    leave_tasks(team, now)
    write_messages(team["coordinator"], now)
    sweep(now)


def run_campaign(
    plan: DemoCampaign,
    brand: Brand,
    people: list[Influencer],
    team: dict[str, User],
    luck: random.Random,
    now: dt.datetime,
) -> Campaign:
    today = local_date(now, "Asia/Jakarta")
    campaign = Campaign.objects.create(
        brand=brand,
        category=brand.category,
        name=plan.name,
        goal=plan.goal,
        start_on=today + dt.timedelta(days=plan.start),
        end_on=today + dt.timedelta(days=plan.end),
        budget=plan.budget,
        owner=team["coordinator"],
        about=plan.about,
    )
    campaign.run_in(Territory.objects.filter(code="id"))
    marked(campaign)
    actor, opened = Actor.user(team["coordinator"]), now + dt.timedelta(days=min(plan.start, 0) - 3)
    plan_campaign(campaign, at=opened, actor=actor)
    if plan.status != "draft":
        campaign.go_live(at=opened, actor=actor)
    for number, person in enumerate(people):
        take_part(campaign, person, number, len(people), luck, actor, now)
    closing = {"paused": campaign.pause, "wrapped": campaign.wrap_up, "cancelled": campaign.cancel}.get(plan.status)
    if closing is not None:
        closing(at=now - dt.timedelta(days=2), actor=actor)
    return campaign


def take_part(
    campaign: Campaign, person: Influencer, number: int, total: int, luck: random.Random, actor: Actor, now: dt.datetime
) -> None:
    """One card, as far along the board as its place in the row says."""
    fee = luck.choice((750_000, 1_500_000, 2_800_000, 4_200_000, 5_500_000))
    part = Collaboration.objects.create(campaign=campaign, influencer=person, fee=fee)
    marked(part)
    far = number / total
    before = now - dt.timedelta(days=12)
    if campaign.status == Campaign.Status.DRAFT or far < 0.16:
        return
    if far < 0.27:
        part.put("in_talks", at=before, actor=actor)
        return
    if number == total - 1 and total > 10:
        part.put("off", at=before, actor=actor, why="Too dear this time")
        return
    part.put("agreed", at=before, actor=actor)
    if far >= 0.4:
        part.put("making", at=before + dt.timedelta(days=1), actor=actor)
    make(part, number, far, now)


def make(part: Collaboration, number: int, far: float, now: dt.datetime) -> None:
    """Two pieces each: a Reel and a story, with days around today, and what became of them."""
    today, past = local_date(now, part.influencer.zone), part.campaign.end_on < local_date(now, part.influencer.zone)
    first = part.campaign.start_on + dt.timedelta(days=14) if past else today + dt.timedelta(days=(number % 7) - 1)
    if far + 0.03 >= POSTED and not past:
        first = today - dt.timedelta(days=9 + number % 3)
    for code, later in (("reel", 0), ("story", 3)):
        kind = Format.objects.filter(code=code, platform__code="instagram").first()
        if kind is None:
            continue
        piece = Deliverable.objects.create(
            collaboration=part,
            format=kind,
            zone=part.influencer.zone,
            draft_due_on=first + dt.timedelta(days=later),
            post_due_on=first + dt.timedelta(days=later + 6),
            dates_set_at=now - dt.timedelta(days=15),
        )
        marked(piece)
        progress(piece, 1.0 if past else far + later / 100, now)


def progress(piece: Deliverable, far: float, now: dt.datetime) -> None:
    """Draft, approval, post: each with the person who did it, through the real methods."""
    if far < 0.62:
        return
    sent_at = min(now - dt.timedelta(days=3), on_day(piece, piece.draft_due_on, 10))
    version = draft_of(piece, at=sent_at)
    if far < 0.74:
        return
    say_yes(version, piece.collaboration.campaign.owner, at=sent_at + dt.timedelta(hours=22))
    piece.refresh_from_db()
    if far >= POSTED:
        post(piece, far, min(now - dt.timedelta(hours=4), on_day(piece, piece.post_due_on, 19)))


def post(piece: Deliverable, far: float, at: dt.datetime) -> None:
    """She posts it; now and then the address is still missing."""
    person = piece.collaboration.influencer
    url = "" if far < 0.9 else f"https://www.instagram.com/p/{person.main_handle.replace('.', '')}{piece.pk}/"
    herself = Actor("contact", person.stage_name)
    piece.publish(at=at, actor=herself, post_url="" if piece.format.lasts_hours else url)


def on_day(piece: Deliverable, day: dt.date | None, hour: int) -> dt.datetime:
    return local_instant(day or piece.post_due_on, dt.time(hour), piece.zone)


def leave_tasks(team: dict[str, User], now: dt.datetime) -> None:
    marked(
        Todo.objects.create(
            text="Send Lumi the numbers of this month",
            due_at=now + dt.timedelta(hours=7),
            owner=team["coordinator"],
            author=team["manager"],
        ),
        Todo.objects.create(
            text="Ask the agency about the January dates", owner=team["coordinator"], author=team["coordinator"]
        ),
    )
