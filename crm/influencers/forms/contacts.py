"""Forms for how a person is reached, by whom, and who gets which mail."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date
from crm.influencers.actions.contacts import Standing
from crm.influencers.majority import is_minor
from crm.influencers.models import Influencer, Representation
from crm.influencers.queries.mail import Standing as MailStanding
from crm.influencers.queries.mail import uncovered
from crm.outbox.models import Contact
from crm.outbox.models.contact import ContactQuerySet
from crm.outbox.topics import Topic
from crm.team.forms import bare_helper, folded, zone_field
from crm.timeline.edit_forms import SeenMixin

OFFERED = 50

ONE_SELF = _("Her own contact is here already. Change that one, or choose another role.")
NOBODY_GETS = _("Nobody would get: %(topics)s. Let somebody get it.")
MAIL_FIELDS = [f"mail_{topic}" for topic in Topic.values]


def refuse_second_self(person: Influencer, capacity: str, besides: int) -> None:
    """Raise ValidationError: somebody has one contact of her own."""
    own = person.representations.filter(capacity=Representation.Capacity.SELF).exclude(pk=besides)
    if capacity == Representation.Capacity.SELF and own.exists():
        raise ValidationError(ONE_SELF, code="second_self")


def refuse_uncovered(
    person: Influencer, now: dt.datetime, *, besides: int = 0, coming: Representation | None = None
) -> None:
    """Raise ValidationError when a topic would reach nobody: `besides` goes, `coming` is as it would be."""
    on = local_date(now, person.zone)
    minor = is_minor(person, on)
    others = person.representations.receiving().standing(on).exclude(pk=besides).select_related("contact")
    rows = [*others.order_by("pk"), *([coming] if coming is not None else [])]
    getting = [row for row in rows if row.receives_mail or (minor and row.is_guardian)]
    if rows and (missed := uncovered([MailStanding.of(row, is_minor=minor) for row in getting])):
        names = ", ".join(str(Topic(topic).label) for topic in missed)
        raise ValidationError(NOBODY_GETS, code="uncovered", params={"topics": names})


class StandingForm(forms.Form):
    """How a contact stands to a person: as what, which mail it gets, between which days."""

    capacity = forms.ChoiceField(label=_("Acts as"), choices=Representation.Capacity.choices)
    receives_mail = forms.BooleanField(
        label=_("Gets the mail"), required=False, initial=True, help_text=_("A minor's guardian always does.")
    )
    since_on = forms.DateField(
        label=_("Stands for her since"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("Afterwards no mail goes there about her, and the links are closed."),
    )

    person: Influencer
    stands: Representation | None
    now: dt.datetime

    def begin(self, person: Influencer, stands: Representation | None, now: dt.datetime) -> None:
        """Show how it stands now; each topic has a field of its own."""
        self.person, self.stands, self.now = person, stands, now
        for topic in Topic:
            self.fields[f"mail_{topic}"] = forms.ChoiceField(
                label=topic.label, choices=Representation.Share.choices, required=False
            )
        if stands is not None:
            names = ("capacity", "receives_mail", "since_on", "until_on", *MAIL_FIELDS)
            self.initial.update({name: getattr(stands, name) for name in names})

    def clean_capacity(self) -> str:
        capacity: str = self.cleaned_data["capacity"]
        refuse_second_self(self.person, capacity, self.stands.pk if self.stands else 0)
        return capacity

    def check_standing(self, contact: Contact) -> None:
        """Raise ValidationError for days in the wrong order, and for mail that nobody would get."""
        standing = self.standing
        if standing.since_on and standing.until_on and standing.until_on < standing.since_on:
            raise ValidationError(_("The last day lies before the first. Swap them or correct one."), code="order")
        if standing.until_on and standing.capacity == Representation.Capacity.SELF:
            raise ValidationError(_("She stands for herself without an end. Leave the last day empty."), code="self")
        coming = Representation(influencer=self.person, contact=contact, **standing.columns)
        stays = coming.stands_on(local_date(self.now, self.person.zone))
        refuse_uncovered(
            self.person, self.now, besides=self.stands.pk if self.stands else 0, coming=coming if stays else None
        )

    @property
    def standing(self) -> Standing:
        """What was typed; only after cleaning."""
        data = self.cleaned_data
        shares = {topic: data.get(f"mail_{topic}", "") for topic in Topic.values}
        return Standing(
            data["capacity"], data.get("receives_mail", True), shares, data.get("since_on"), data.get("until_on")
        )


class ContactForm(SeenMixin, StandingForm, forms.ModelForm[Contact]):
    """Name, addresses, language, and how this contact stands to the person."""

    class Meta:
        model = Contact
        fields = ["name", "agency", "email", "phone", "whatsapp", "prefers", "language", "zone"]

    def __init__(
        self, *args: Any, person: Influencer, now: dt.datetime, stands: Representation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.begin(person, stands, now)
        self.fields["zone"] = zone_field()
        self.helper = bare_helper(*self._layout(), *(["seen"] if self.instance.pk else []))
        self.remember()

    def _layout(self) -> Sequence[Any]:
        chosen = self.is_bound or any(self.initial.get(name) for name in MAIL_FIELDS)
        dated = self.is_bound or any(self.initial.get(name) for name in ("since_on", "until_on"))
        return [
            Fieldset(
                "",
                Row(Column("name"), Column("capacity")),
                Row(Column("email"), Column("prefers")),
                Row(Column("phone"), Column("whatsapp")),
                Row(Column("language"), Column("zone")),
                "agency",
                "receives_mail",
            ),
            *folded(
                _now("Which mail"),
                Row(*map(Column, MAIL_FIELDS[:2])),
                Row(*map(Column, MAIL_FIELDS[2:])),
                is_open=bool(chosen),
            ),
            *folded(_now("From when until when"), Row(Column("since_on"), Column("until_on")), is_open=bool(dated)),
        ]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            refuse_unreachable(data)
            self.check_standing(Contact(email=data["email"]))
        return data


def refuse_unreachable(data: dict[str, Any]) -> None:
    """Raise ValidationError for a contact without any address or number."""
    if not any(data.get(name) for name in ("email", "phone", "whatsapp")):
        raise ValidationError(_("Give at least an e-mail address, a phone or a WhatsApp number."), code="empty")


class ContactDetailsForm(SeenMixin, forms.ModelForm[Contact]):
    """How a contact is reached, once for everybody it stands for."""

    class Meta:
        model = Contact
        fields = ["name", "agency", "email", "phone", "whatsapp", "prefers", "language", "zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"] = zone_field()
        self.helper = bare_helper(
            Fieldset(
                "",
                Row(Column("name"), Column("agency")),
                Row(Column("email"), Column("prefers")),
                Row(Column("phone"), Column("whatsapp")),
                Row(Column("language"), Column("zone")),
            ),
            "seen",
        )
        self.remember()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            refuse_unreachable(data)
        return data


class LinkForm(forms.Form):
    """Somebody we know already, for example the agent of other people."""

    contact: forms.ModelChoiceField[Contact] = forms.ModelChoiceField(
        label=_("Agent or manager"), queryset=Contact.objects.none()
    )
    receives_mail = forms.BooleanField(label=_("Gets the mail"), required=False, initial=True)

    def __init__(self, *args: Any, person: Influencer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["contact"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = known_agents(person)
        chosen.error_messages["invalid_choice"] = _(
            "This contact stands for her already, or is no agent. Choose another."
        )
        # Hundreds of agents are no list to read: the page asks for those that match what is typed.
        first = chosen.queryset.order_by("name", "pk").values_list("pk", "name")[:OFFERED]
        chosen.widget.choices = [("", _("Choose …")), *first]
        self.helper = bare_helper(Fieldset("", "contact", "receives_mail"))

    @property
    def standing(self) -> Standing:
        return Standing(Representation.Capacity.AGENT, self.cleaned_data["receives_mail"])


def known_agents(person: Influencer) -> ContactQuerySet:
    """Agents who do not stand for this person yet."""
    standing = person.representations.values("contact_id")
    return Contact.objects.filter(kind=Contact.Kind.AGENT).exclude(pk__in=standing)
