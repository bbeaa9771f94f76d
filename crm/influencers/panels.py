"""Parts of a person's page with a budget of their own: whom she reaches, who she may be besides, who goes on as her."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.places import panel
from crm.influencers.alikes.looking import Sought, look_alikes_of
from crm.influencers.models import Influencer, Merge
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import Offer, OfferHold, keeps_person, offer_hold, people_action
from crm.influencers.queries.audience import audience_of, reply_counts_of
from crm.influencers.queries.guardians import holds_for_minors
from crm.influencers.queries.replies import promptness_of
from crm.influencers.views.many import ask_for_agent
from crm.outbox.models import Email
from crm.reminders.models import Todo
from crm.team.views.access import me

Part = tuple[str, dict[str, Any]]
SHOWN = 3


@offer_hold("guardians")
def held_for_minors(offers: Collection[Offer], now: dt.datetime) -> Mapping[int, Sequence[OfferHold]]:
    """Nothing is agreed with a minor while nobody may agree for her."""
    return holds_for_minors(offers, now)


@people_action("agent", label=_("Give an agent"), icon="person-lines-fill", permission="crm.change_influencer")
def an_agent_for_them(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponseBase:
    """Which agent stands for the chosen people."""
    return ask_for_agent(request, chosen)


@panel("person/look-alikes", order=5)
def look_alikes(request: HttpRequest, person: Influencer) -> Part | None:
    """Quiet: nothing when nobody looks like her and nobody was merged into her."""
    merges = list(
        Merge.objects.visible_to(me(request)).standing().into(person.pk).select_related("goes").newest_first()
    )
    may = me(request).has_perm("crm.merge_influencer")
    found = look_alikes_of([Sought.of(person)], timezone.now().date())[0][:SHOWN] if may else []
    if not merges and not found:
        return None
    return "crm/influencers/alikes_panel.html", {"person": person, "found": found, "merges": merges}


@panel("person/audience", order=20)
def audience(request: HttpRequest, person: Influencer) -> Part:
    """Who follows her: the newest count of each account."""
    context = {"person": person, "reached": audience_of(person, me(request)), "now": timezone.now()}
    return "crm/influencers/audience_panel.html", context


@panel("person/replies", order=25)
def replies(request: HttpRequest, person: Influencer) -> Part:
    """How fast she answers us, and how many comments under her posts."""
    now, prompt = timezone.now(), promptness_of(person, me(request))
    context = {
        "person": person,
        "prompt": prompt,
        "since": now - prompt.median if prompt.median is not None else None,
        "counts": reply_counts_of(person),
        "now": now,
    }
    return "crm/influencers/replies_panel.html", context


@panel("person/files", order=70)
def files(request: HttpRequest, person: Influencer) -> Part | None:
    """What is kept with her, for those who work with people."""
    if not me(request).has_perm("crm.view_attachment"):
        return None
    kept = list(person.attachments.select_related("file", "added_by"))
    return "crm/influencers/files_panel.html", {"person": person, "files": kept}


@keeps_person("crm.email", said=_("Mail was written to her."))
def has_mail(people: Collection[int]) -> Iterable[int]:
    """Mail names people by number."""
    mail = Email.objects.filter(influencer_ref__among=people).order_by()
    return (pk for pk in mail.values_list("influencer_ref", flat=True).distinct() if pk is not None)


@keeps_person("crm.todo", said=_("Somebody has something to do about her."))
def has_todos(people: Collection[int]) -> Iterable[int]:
    """To-dos name people by number."""
    todos = Todo.objects.filter(influencer_ref__among=people).order_by()
    return (pk for pk in todos.values_list("influencer_ref", flat=True).distinct() if pk is not None)
