"""Forms for a person: adding somebody with the least, changing everything."""

from typing import Any

from crispy_forms.layout import HTML, Column, Div, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from crm.brands.models import Territory
from crm.influencers.fields import CountField
from crm.influencers.forms.accounts import normalise_handle, refuse_taken_handle
from crm.influencers.models import Influencer, Niche, Platform, SocialAccount
from crm.influencers.vocabulary import Vocabulary
from crm.outbox.models import Contact
from crm.team.forms import bare_helper, zone_field
from crm.team.models import User
from crm.timeline.edit_forms import SeenMixin

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
ABOUT = ["stage_name", "legal_name", "birth_on", "language", "zone", "city", "territory", "country", "stage", "owner"]
STYLE = ["is_public_figure", "main_niche", "niches", "aesthetic", "palette", "link_habit", "engagement_style"]


class PersonForm(SeenMixin, forms.ModelForm[Influencer]):
    """Everything about a person that is not an account, a contact or an address."""

    class Meta:
        model = Influencer
        fields = [*ABOUT, *STYLE]
        widgets = {"birth_on": DATE, "niches": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, words)
        self.helper = bare_helper(*self.layout())
        self.remember()

    def layout(self) -> list[Any]:
        return [
            Fieldset(
                _("Who"),
                Row(Column("stage_name"), Column("legal_name")),
                Row(Column("birth_on"), Column("stage"), Column("owner")),
            ),
            Fieldset(
                _("Where"),
                Row(Column("city"), Column("territory"), Column("country")),
                Row(Column("language"), Column("zone")),
            ),
            Fieldset(
                _("Niches and style"),
                "main_niche",
                Div("niches", css_class="choices-3"),
                Row(Column("aesthetic"), Column("palette")),
                Row(Column("link_habit"), Column("engagement_style")),
                "is_public_figure",
            ),
            "seen",
        ]


def offer(form: Any, words: Vocabulary) -> None:
    """Choices from the words the page has read anyway, and zones people know."""
    form.fields["zone"] = zone_field()
    form.fields["owner"].queryset = User.objects.active()
    form.fields["owner"].empty_label = _("Nobody")
    tree = words.niche_choices()
    form.fields["main_niche"].choices = [("", _("None yet")), *tree]
    if "niches" in form.fields:
        form.fields["niches"].choices = tree
        form.fields["niches"].help_text = _("The main one is always among them.")
    if "territory" in form.fields:
        form.fields["territory"].queryset = Territory.objects.filter(kind=Territory.Kind.CITY)


class NewPersonForm(forms.ModelForm[Influencer]):
    """A name, one account, one way to reach her. Everything else is folded and can wait."""

    platform = forms.ModelChoiceField(label=_("Platform"), queryset=Platform.objects.all(), required=False)
    handle = forms.CharField(
        label=_("Handle or profile address"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": "@kirana", "autocapitalize": "none", "spellcheck": "false"}),
    )
    followers_now = CountField(label=_("Followers"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = PhoneNumberField(label=_("Phone"), required=False, help_text=_("0812… or +62…"))
    on_whatsapp = forms.BooleanField(label=_("This number is on WhatsApp"), required=False, initial=True)
    anyway = forms.BooleanField(label=_("This is somebody else: add her all the same"), required=False)

    class Meta:
        model = Influencer
        fields = ["stage_name", "legal_name", "birth_on", "language", "zone", "city", "country", "main_niche", "owner"]
        widgets = {"birth_on": DATE}

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, words)
        self.initial.setdefault("platform", next(iter(words.platforms), None))
        self.initial.setdefault("country", "ID")
        self.is_namesake = False
        self.helper = bare_helper()

    def lay_out(self) -> None:
        """Order and folding; called once it is known whether somebody has the same name."""
        namesake = ["anyway"] if self.is_namesake else []
        folded = ("legal_name", "birth_on", "main_niche", "owner", "city", "country", "language", "zone")
        is_open = "open" if any(name in self.errors for name in folded) else ""
        self.helper.layout = Layout(
            Fieldset(
                _("Who and where"),
                "stage_name",
                *namesake,
                Row(
                    Column("platform", css_class="col-sm-3"),
                    Column("handle", css_class="col-sm-6"),
                    Column("followers_now", css_class="col-sm-3"),
                ),
            ),
            Fieldset(_("How to reach her"), Row(Column("email"), Column("phone")), "on_whatsapp"),
            HTML(format_html('<details class="panel" {}><summary>{}</summary>', is_open, _("More, if you know it"))),
            Row(Column("legal_name"), Column("birth_on")),
            Row(Column("main_niche"), Column("owner")),
            Row(Column("city"), Column("country")),
            Row(Column("language"), Column("zone")),
            HTML("</details>"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._clean_account(data)
        self._clean_name(data)
        return data

    def _clean_account(self, data: dict[str, Any]) -> None:
        platform, text = data.get("platform"), data.get("handle")
        if not text:
            return
        if platform is None:
            self.add_error("platform", _("On which platform is this?"))
            return
        try:
            data["handle"] = normalise_handle(text, platform)
            refuse_taken_handle(platform, data["handle"])
        except ValidationError as refused:
            self.add_error("handle", refused)

    def _clean_name(self, data: dict[str, Any]) -> None:
        """The same name is asked about once: it may be another person, or the same one again."""
        name: Any = Upper(Value(data.get("stage_name", "")))
        namesakes = list(Influencer.objects.present().filter(name_key=name).order_by("pk")[:3])
        self.is_namesake = bool(namesakes)
        if namesakes and not data.get("anyway"):
            self.add_error("stage_name", _linked(namesakes))

    def account(self) -> SocialAccount | None:
        """The first account, if one was named."""
        data = self.cleaned_data
        if not data.get("handle"):
            return None
        return SocialAccount(platform=data["platform"], handle=data["handle"], followers=data["followers_now"])

    def contact(self) -> Contact | None:
        """How to reach her, if anything was said about it."""
        data = self.cleaned_data
        if not data["email"] and not data["phone"]:
            return None
        whatsapp = data["phone"] if data["on_whatsapp"] else ""
        return Contact(
            name=data["stage_name"],
            email=data["email"].lower(),
            phone=data["phone"],
            whatsapp=whatsapp,
            prefers=Contact.Prefers.EMAIL if data["email"] or not whatsapp else Contact.Prefers.WHATSAPP,
            language=data["language"],
            zone=data["zone"],
        )


def _linked(namesakes: list[Influencer]) -> SafeString:
    links = format_html_join(
        ", ",
        '<a href="{}">{}{}</a>',
        (
            (reverse("person", args=[one.pk]), one.stage_name, f" (@{one.main_handle})" if one.main_handle else "")
            for one in namesakes
        ),
    )
    return format_html(_now("Somebody with this name is here already: {links}."), links=links)


def niches_of(form: Any) -> list[Niche]:
    """The niches chosen in a valid form."""
    return list(form.cleaned_data.get("niches", []))
