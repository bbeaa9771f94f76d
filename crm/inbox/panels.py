"""Received mail on other pages: the outbox's tabs, the message that was answered, and who stays on file."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.base.places import panel
from crm.inbox.actions import answered
from crm.inbox.models import InboundMail
from crm.inbox.queries import Line, to_sort
from crm.influencers.places import Written, keeps_person, written_words
from crm.outbox.models import Email
from crm.outbox.queries import outbox_tab
from crm.team.views.access import me
from crm.timeline.models import Channel

if TYPE_CHECKING:
    from crm.team.models import User


@outbox_tab("inbox", label=_("Received"), order=20, permission="crm.view_inbox")
def received_tab(user: "User") -> int | None:
    """How many mails wait to be sorted."""
    return to_sort(user) or None


@panel("email/answers", order=20)
def answers_to(request: HttpRequest, email: Email) -> tuple[str, dict[str, Any]] | None:
    """What came in answer to a message, or because it did not arrive."""
    user = me(request)
    if not user.has_perm("crm.view_inbox"):
        return None
    rows = InboundMail.objects.visible_to(user).filter(parent=email).order_by("received_at")
    lines = [Line.of(mail) for mail in rows[:10]]
    return ("crm/inbox/answers_panel.html", {"lines": lines}) if lines else None


@written_words("mail")
def words_of_mail(user: "User", number: int) -> Written | None:
    """An answer that waits: entered as "told me", it is filed and its task settled in the same moment."""
    if not user.has_perm("crm.sort_inbox"):
        return None
    mail = InboundMail.objects.visible_to(user).delivered().filter(pk=number).first()
    if mail is None:
        return None
    return Written(f"mail:{mail.pk}", Channel.EMAIL, mail.text, lambda by, at: answered(mail, by=by, at=at))


@keeps_person("crm.inboundmail", said=_("She wrote to us."))
def has_written(people: Collection[int]) -> Iterable[int]:
    """Mail names people by number."""
    mail = InboundMail.objects.filter(influencer_ref__among=people).order_by()
    return (pk for pk in mail.values_list("influencer_ref", flat=True).distinct() if pk is not None)
