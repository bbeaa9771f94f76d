"""Forms for how a person is reached."""

from typing import Any

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Contact
from crm.team.forms import bare_helper, zone_field
from crm.timeline.edit_forms import SeenMixin

OFFERED = 50

ONE_SELF = _("Her own contact is here already. Change that one, or choose another role.")


def refuse_second_self(person: Influencer, capacity: str, besides: int) -> None:
    """Raise ValidationError: somebody has one contact of her own."""
    own = person.representations.filter(capacity=Representation.Capacity.SELF).exclude(pk=besides)
    if capacity == Representation.Capacity.SELF and own.exists():
        raise ValidationError(ONE_SELF, code="second_self")


class ContactForm(SeenMixin, forms.ModelForm[Contact]):
    """Name, addresses, language, and how this contact stands to the person."""

    capacity = forms.ChoiceField(label=_("Acts as"), choices=Representation.Capacity.choices)
    receives_mail = forms.BooleanField(
        label=_("Gets the mail"), required=False, initial=True, help_text=_("A minor's guardian always does.")
    )

    class Meta:
        model = Contact
        fields = ["name", "email", "phone", "whatsapp", "prefers", "language", "zone"]

    def __init__(self, *args: Any, person: Influencer, stands: Representation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.stands = person, stands
        self.fields["zone"] = zone_field()
        if stands is not None:
            self.initial.update({"capacity": stands.capacity, "receives_mail": stands.receives_mail})
        self.helper = bare_helper(
            Fieldset(
                "",
                Row(Column("name"), Column("capacity")),
                Row(Column("email"), Column("prefers")),
                Row(Column("phone"), Column("whatsapp")),
                Row(Column("language"), Column("zone")),
                "receives_mail",
            ),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_capacity(self) -> str:
        capacity: str = self.cleaned_data["capacity"]
        refuse_second_self(self.person, capacity, self.stands.pk if self.stands else 0)
        return capacity

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("email", "phone", "whatsapp")):
            raise ValidationError(_("Give at least an e-mail address, a phone or a WhatsApp number."), code="empty")
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


def known_agents(person: Influencer) -> Any:
    """Agents who do not stand for this person yet."""
    standing = person.representations.values("contact_id")
    return Contact.objects.filter(kind=Contact.Kind.AGENT).exclude(pk__in=standing)
