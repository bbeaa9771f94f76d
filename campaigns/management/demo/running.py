"""A sheet of work that was under way before Mitra came: its cards wait with their reminders off."""

import datetime as dt

from campaigns.management.demo.people import marked
from campaigns.planning.imports.kind import RunningWork
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.intake.actions import choose_columns, take
from crm.intake.models import Intake
from crm.intake.rehearsal import rehearse
from crm.intake.writing import write
from crm.team.models import User
from crm.timeline.record import Actor

HEADER = "Akun IG;Campaign;Brand;SOW;Fee;Tgl posting;Status"
LINES = (
    ("1 reel 3 story", "2,8jt nett", 9, "menunggu draft"),
    ("2x IG Reels", "Rp1.500.000", 12, "deal"),
    ("1 feed carousel", "750rb", 5, "siap posting"),
    ("3 story", "barter", -6, "sudah posting"),
)


def bring_running_work(coordinator: User, now: dt.datetime) -> None:
    """Four rows into the newest live campaign, by people who are not in it."""
    campaign = Campaign.objects.live().select_related("brand").order_by("-pk").first()
    if campaign is None:
        return
    others = Influencer.objects.present().filter(main_platform__code="instagram")
    people = others.exclude(pk__in=campaign.collaborations.values("influencer")).order_by("-pk")
    handles = people.values_list("main_handle", flat=True)[: len(LINES)]
    today = local_date(now, campaign.zone)
    lines = [HEADER]
    for handle, (work, fee, days, state) in zip(handles, LINES, strict=False):
        on = today + dt.timedelta(days=days)
        lines.append(f"@{handle};{campaign.name};{campaign.brand};{work};{fee};{on.isoformat()};{state}")
    run = take(RunningWork(), "kerja sama berjalan.csv", "\n".join(lines).encode(), user=coordinator)
    actor = Actor.user(coordinator)
    choose_columns(run, run.columns["targets"], {"platform": "instagram"}, now=now, actor=actor)
    rehearse(run, now=now, actor=actor)
    run.confirm(at=now, actor=actor)
    write(run, now=now)
    remember(run)


def remember(run: Intake) -> None:
    """What the file made belongs to the demo."""
    marked(run)
    made = list(run.lines.values_list("made", flat=True))
    cards = [one["collaboration"] for one in made if "collaboration" in one]
    marked(*Collaboration.objects.filter(pk__in=cards))
    marked(*Deliverable.objects.filter(collaboration__in=cards))
