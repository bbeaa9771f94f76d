"""Whom the people room offers to write to: one person, or everybody a filter of the list means."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.base.formats import count_full
from crm.base.paging import LARGEST_ID
from crm.base.places import panel
from crm.brands.models import Brand
from crm.inbox.models import InboundMail
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import people_action
from crm.influencers.views.bulk import Chosen
from crm.influencers.vocabulary import vocabulary
from crm.messages.models import Message, MessageLine
from crm.messages.places import Member, Whom, message_audience
from crm.messages.views import compose_page
from crm.outbox.models import Email
from crm.outbox.queries import outbox_tab
from crm.team.models import User
from crm.team.views.access import me


@panel("email/message", order=20)
def of_email(request: HttpRequest, email: Email) -> tuple[str, dict[str, Any]] | None:
    """Which message to many an e-mail belongs to."""
    seen = Message.objects.visible_to(me(request))
    line = MessageLine.objects.filter(email=email, message__in=seen).select_related("message").first()
    if line is None:
        return None
    files = list(line.message.files.select_related("file"))
    return "crm/messages/email_panel.html", {"message": line.message, "files": files}


CARRIED = ("ids", "all_matching", "query")


@outbox_tab("messages", label=_("Written by the team"), order=20)
def written_tab(user: User) -> int | None:
    """What colleagues wrote needs nobody by itself."""
    return None


@people_action("write", label=_("Write to them"), icon="envelope", permission="crm.write_message")
def write_to_them(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponseBase:
    """The page to write on, for the chosen people. The filter travels, not everybody's number."""
    asked = QueryDict(mutable=True)
    for name in CARRIED:
        asked.setlist(name, [value for value in request.POST.getlist(name) if value])
    return compose_page(request, "people", asked)


class ManyPeople:
    """The list's ticked people, or everybody its filter means."""

    fields: ClassVar[Mapping[str, Any]] = {}

    def whom(self, asked: QueryDict, user: User, now: dt.datetime) -> Whom | None:
        chosen = Chosen.read(asked, vocabulary(user), user=user, now=now)
        number = chosen.rows.count()
        words = ngettext("%(n)s person from the list", "%(n)s people from the list", number)
        return Whom(words % {"n": count_full(number)}, back=f"{reverse('people')}?{chosen.query}") if number else None

    def members(self, asked: QueryDict, user: User, now: dt.datetime) -> Sequence[Member]:
        rows = Chosen.read(asked, vocabulary(user), user=user, now=now).rows
        return [Member(pk) for pk in rows.order_by("name_key", "pk").values_list("pk", flat=True)]

    def facts(self, members: Sequence[Member], now: dt.datetime) -> Mapping[Member, Mapping[str, Any]]:
        return {}


class OnePerson:
    """One person, from her own page."""

    fields: ClassVar[Mapping[str, Any]] = {}

    def whom(self, asked: QueryDict, user: User, now: dt.datetime) -> Whom | None:
        person = self._rows(asked, user).first()
        return Whom(person.stage_name, back=reverse("person", args=[person.pk])) if person else None

    def members(self, asked: QueryDict, user: User, now: dt.datetime) -> Sequence[Member]:
        return [Member(pk) for pk in self._rows(asked, user).values_list("pk", flat=True)]

    def facts(self, members: Sequence[Member], now: dt.datetime) -> Mapping[Member, Mapping[str, Any]]:
        return {}

    def _rows(self, asked: QueryDict, user: User) -> InfluencerQuerySet:
        return Influencer.objects.visible_to(user).filter(pk=number_in(asked, "person"))


class Answered:
    """Who wrote a mail that came in, to be answered in its thread."""

    fields: ClassVar[Mapping[str, Any]] = {}

    def whom(self, asked: QueryDict, user: User, now: dt.datetime) -> Whom | None:
        mail = answered_mail(asked, user)
        if mail is None:
            return None
        brand = Brand.objects.visible_to(user).filter(pk=mail.brand_ref or 0).first()
        label = gettext("%(name)s, in answer to “%(subject)s”") % {"name": mail.sender, "subject": mail.subject}
        return Whom(label, mail.brand_ref, brand.name if brand else "", reverse("inbox-mail", args=[mail.pk]), mail)

    def members(self, asked: QueryDict, user: User, now: dt.datetime) -> Sequence[Member]:
        mail = answered_mail(asked, user)
        if mail is None or mail.influencer_ref is None:
            return []
        about = [ref for ref in mail.subject_refs if not ref.startswith("crm.message:")]
        return [Member(mail.influencer_ref, about[0] if len(about) == 1 else "")]

    def facts(self, members: Sequence[Member], now: dt.datetime) -> Mapping[Member, Mapping[str, Any]]:
        return {}


def answered_mail(asked: QueryDict, user: User) -> InboundMail | None:
    """The mail somebody answers, as far as she may read it and a person stands behind it."""
    if not user.has_perm("crm.view_inbox"):
        return None
    rows = InboundMail.objects.visible_to(user).answerable().select_related("contact")
    return rows.filter(pk=number_in(asked, "mail")).first()


def number_in(asked: QueryDict, name: str) -> int:
    """A row's number from an address; 0, which no row has, when it is none."""
    text = asked.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return number if number <= LARGEST_ID else 0


message_audience("people")(ManyPeople)
message_audience("person")(OnePerson)
message_audience("mail")(Answered)
