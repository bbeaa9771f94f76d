"""What the demo's coordinator wrote: thanks to everybody of a finished campaign, and a moved shoot nobody was told of yet."""

import datetime as dt

from django.http import QueryDict

from campaigns.management.demo.people import marked
from campaigns.planning.audience import AUDIENCE
from campaigns.planning.models import Campaign
from crm.base.zones import local_date
from crm.messages.actions import carry_on, write
from crm.messages.models import Message, MessageTemplate
from crm.team.models import User
from crm.timeline.record import Actor

WORDS = ("subject_id", "text_id", "subject_en", "text_en", "mail_class", "topic", "with_page")


def write_messages(coordinator: User, now: dt.datetime) -> None:
    """One that left three mornings ago, and one that waits for its writer's last look."""
    thanked_at = now - dt.timedelta(days=3)
    thanks = written("thank-you", "wrapped", coordinator, thanked_at)
    if thanks is not None:
        thanks.confirm(at=thanked_at, actor=Actor.user(coordinator))
        carry_on(thanks.pk, now=thanked_at)
    written("shoot-moved", "live", coordinator, now, day_on=local_date(now, coordinator.zone) + dt.timedelta(days=5))


def written(code: str, status: str, user: User, at: dt.datetime, day_on: dt.date | None = None) -> Message | None:
    """A message from a shipped template to everybody of the first campaign of that status, looked through."""
    campaign = Campaign.objects.standing(status).order_by("pk").first()
    template = MessageTemplate.objects.filter(code=code).first()
    if campaign is None or template is None:
        return None
    asked = QueryDict(f"campaign={campaign.pk}&all_matching=1")
    words = {name: getattr(template, name) for name in WORDS}
    message = Message(
        key=f"demo-{code}",
        audience=AUDIENCE,
        asked=asked.urlencode(),
        template=template,
        template_version=template.version,
        day_on=day_on,
        is_urgent=code == "shoot-moved",
        **words,
    )
    kept = write(message, asked, user=user, now=at)
    carry_on(kept.pk, now=at)
    marked(kept)
    return Message.objects.get(pk=kept.pk)
