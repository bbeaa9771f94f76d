"""What colleagues type about themselves, each other and the house."""

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from crm.base.models import Organisation
from crm.base.money import AmountField, AmountInput
from crm.base.zones import zone_choices
from crm.team.actions import roles_given_by
from crm.team.models import Invitation, Role, User
from crm.team.queries import brands, tier_schemes


def folded(title: Any, *fields: Any, is_open: bool) -> list[Any]:
    """Fields behind a line to click on."""
    opening = format_html('<details class="panel" {}><summary>{}</summary>', "open" if is_open else "", title)
    return [HTML(opening), *fields, HTML("</details>")]


def bare_helper(*layout: Any) -> FormHelper:
    """Fields only: the page writes the form element, its button and the token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    if layout:
        helper.layout = Layout(*layout)
    return helper


def zone_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Time zone"), choices=zone_choices)


class RoleForm(forms.Form):
    """One of the roles the asking colleague may give."""

    role = forms.TypedChoiceField(label=_("Role"), coerce=Role)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles_given_by(by)]  # type: ignore[attr-defined]
        self.helper = bare_helper()


class BrandsForm(forms.Form):
    """The brands a colleague works for."""

    brands: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Brands"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brands"].queryset = brands()  # type: ignore[attr-defined]
        self.helper = bare_helper()

    def brand_ids(self) -> list[int]:
        return [brand.pk for brand in self.cleaned_data["brands"]]


class InviteForm(RoleForm):
    """Whom to invite, as what, for which brands."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    brands: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Brands"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("email", "name", "role", "brands")

    def __init__(self, *args: Any, by: User, with_brands: bool, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["role"].initial = Role.COORDINATOR
        if with_brands:
            self.fields["brands"].queryset = brands()  # type: ignore[attr-defined]
        else:
            del self.fields["brands"]
        self.helper = bare_helper()

    def brand_ids(self) -> list[int]:
        return [brand.pk for brand in self.cleaned_data.get("brands", [])]


class NewPasswordMixin(forms.Form):
    """A first password, typed once and shown on request by the browser; rules are told when it is too weak."""

    password = forms.CharField(
        label=_("Password"),
        min_length=10,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. A sentence is fine."),
    )

    def stranger(self) -> User:
        """Who the password must not resemble."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "password" in self.cleaned_data:
            try:
                validate_password(self.cleaned_data["password"], self.stranger())
            except ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


class JoinForm(NewPasswordMixin):
    """What an invited colleague says about herself."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ("name", "language", "password")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.helper = bare_helper()

    def stranger(self) -> User:
        return User(email=self.invitation.email, name=self.cleaned_data.get("name", ""))


class ProfileForm(forms.ModelForm[User]):
    """What a colleague decides about her own account."""

    class Meta:
        model = User
        fields = ["name", "phone", "language", "zone", "theme", "digest"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["zone"] = zone_field()
        self.helper = bare_helper("name", "phone", Row(Column("language"), Column("theme")), "zone", "digest")


class SetupForm(NewPasswordMixin):
    """The first page of a new house: who owns it and how it counts."""

    organisation = forms.CharField(label=_("Name of your organisation"), max_length=120)
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    zone = zone_field()
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in settings.CURRENCIES])
    field_order = ("organisation", "zone", "currency", "language", "name", "email", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].initial = settings.DEFAULT_ZONE
        self.fields["currency"].initial = settings.DEFAULT_CURRENCY
        self.helper = bare_helper(
            Fieldset(_("Your organisation"), "organisation", Row(Column("zone"), Column("currency")), "language"),
            Fieldset(_("You, the owner"), "name", "email", "password"),
        )

    def stranger(self) -> User:
        return User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))


AMOUNTS = ("contracts_approved_above", "contracts_by_chat_up_to", "contracts_by_code_above")


class SettingsForm(forms.ModelForm[Organisation]):
    """The house's own settings."""

    class Meta:
        model = Organisation
        fields = [
            "name", "postal_address", "country", "currency", "zone", "language", "tier_scheme",
            "remind_at", "quiet_from", "quiet_until", "news_to", "brand_walls", "messages_by_anybody",
            "waivers_by_two", "strict_start", "storage_limit_mb", "drafts_kept_days", *AMOUNTS,
        ]  # fmt: skip
        field_classes = dict.fromkeys(AMOUNTS, AmountField)
        widgets = {
            "postal_address": forms.Textarea(attrs={"rows": 3}),
            **dict.fromkeys(AMOUNTS, AmountInput()),
            **{
                name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
                for name in ("remind_at", "quiet_from", "quiet_until")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"] = zone_field()
        self.fields["contracts_by_code_above"].required = False
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=countries)
        self.fields["currency"] = forms.ChoiceField(
            label=_("Currency"), choices=[(code, code) for code in settings.CURRENCIES]
        )
        self.fields["tier_scheme"] = forms.ChoiceField(
            label=_("Tier scheme"),
            choices=tier_schemes,
            help_text=_("Which bands of followers are called nano, micro, macro. Lists follow within a minute."),
        )
        self.helper = bare_helper(
            Fieldset(_("Organisation"), "name", "postal_address", Row(Column("country"), Column("currency"))),
            Fieldset(_("Language and time"), Row(Column("language"), Column("zone"))),
            Fieldset(
                _("Reminders"),
                Row(Column("remind_at"), Column("quiet_from"), Column("quiet_until")),
            ),
            Fieldset(_("News and offers"), "news_to"),
            Fieldset(_("Messages to many"), "messages_by_anybody"),
            Fieldset(_("Exclusivity"), "waivers_by_two"),
            Fieldset(_("Campaigns"), "strict_start"),
            Fieldset(_("Files of drafts"), Row(Column("storage_limit_mb"), Column("drafts_kept_days"))),
            Fieldset(
                _("Contracts"),
                "contracts_approved_above",
                Row(Column("contracts_by_chat_up_to"), Column("contracts_by_code_above")),
            ),
            Fieldset(_("Influencers"), "tier_scheme"),
            Fieldset(_("Brand walls"), "brand_walls"),
        )

    def clean_contracts_by_code_above(self) -> Decimal:
        return self.cleaned_data["contracts_by_code_above"] or Decimal(0)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        start, end = self.cleaned_data.get("quiet_from"), self.cleaned_data.get("quiet_until")
        if start is not None and start == end:
            self.add_error("quiet_until", _("Quiet hours must end at another time than they start."))
        return cleaned
