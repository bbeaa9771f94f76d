"""What can be done with a request now: the next step first, and everything else behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.samples.asking.addresses import Goes
from campaigns.samples.models import SampleRequest
from crm.team.models import User

Status, Way = SampleRequest.Status, SampleRequest.Way


@dataclass(frozen=True)
class Verb:
    """One thing to press: a page that asks, or a button that does it at once."""

    label: str
    url: str
    icon: str = "arrow-right"
    is_button: bool = False
    is_next: bool = False
    is_bad: bool = False


def verbs_of(request: SampleRequest, user: User, goes: Goes | None) -> list[Verb]:
    """In the order in which they are wanted."""
    return [*_deciding(request, user), *_hearing(request, user, goes), *_working(request, user)]


def _to(name: str, request: SampleRequest) -> str:
    return reverse(name, args=[request.pk])


def _deciding(request: SampleRequest, user: User) -> Iterator[Verb]:
    if request.status == Status.TO_APPROVE and user.has_perm("campaigns.approve_sample"):
        yield Verb(_("Approve"), _to("sample-approve", request), "check2", is_button=True, is_next=True)
        yield Verb(_("Do not send it"), _to("sample-decline", request), "x-circle", is_bad=True)


def _hearing(request: SampleRequest, user: User, goes: Goes | None) -> Iterator[Verb]:
    """What she told us herself, settled as on her own page."""
    if request.status != Status.TO_SEND or not user.has_perm("crm.tell_influencer"):
        return
    chooses = any(line.waits_for_choice for line in request.items.all())
    code, label = "", ""
    if request.way == Way.BOUGHT:
        code, label = "bought", _("She has bought it")
    elif goes is not None and (goes.why or chooses):
        code = "where" if goes.address is None else "right"
        label = _("Note her address") if goes.address is None else _("Her address is still right")
        label = _("Note which one she chose") if goes.is_good else label
    if code:
        asked = reverse("told-answer", args=[request.influencer_id, "sample", request.pk, code])
        yield Verb(label, f"{asked}?next={_to('sample', request)}", "chat-left-text", is_next=True)
        if code == "right":
            other = reverse("told-answer", args=[request.influencer_id, "sample", request.pk, "where"])
            yield Verb(_("Note another address"), f"{other}?next={_to('sample', request)}", "house")


def _working(request: SampleRequest, user: User) -> Iterator[Verb]:
    if not user.has_perm("campaigns.change_sample"):
        return
    if request.status == Status.TO_SEND and request.way == Way.BY_HAND:
        yield Verb(_("Handed over"), _to("sample-handed", request), "check2", is_next=True)
    if request.bought_for is not None and request.paid_back_at is None:
        yield Verb(_("Paid back"), _to("sample-paid-back", request), "cash", is_next=True)
    if request.is_gift and request.collaboration_id and request.is_standing:
        yield Verb(_("Make it part of the pay"), _to("sample-pay", request), "file-earmark-text")
    if request.status in (Status.TO_APPROVE, Status.TO_SEND):
        yield Verb(_("Cancel it"), _to("sample-cancel", request), "x-circle", is_bad=True)


def next_first(verbs: list[Verb]) -> tuple[Any, list[Verb]]:
    """The one that is wanted next, and the rest."""
    first = next((one for one in verbs if one.is_next), None)
    return first, [one for one in verbs if one is not first]
