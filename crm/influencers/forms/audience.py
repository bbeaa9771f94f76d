"""Forms for whom somebody reaches: one line as it stands in the app's insights, its day and its source."""

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any

from crispy_forms.layout import Column, Div, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.brands.models import Persona, Territory
from crm.influencers.actions.audience import in_order
from crm.influencers.models import Audience, AudienceShare, Influencer, ReplyCount, SocialAccount
from crm.influencers.models.audience import MOST_PERSONAS
from crm.influencers.shares import Share, read_shares, refuse_more_than_whole, write_shares
from crm.team.forms import bare_helper
from crm.timeline.edit_forms import SeenMixin

LEVELS = (Territory.Kind.CITY, Territory.Kind.PROVINCE, Territory.Kind.COUNTRY)


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _account_name(account: Any) -> str:
    return f"{account.platform.name} @{account.handle}"


def offer_accounts(form: forms.BaseForm, person: Influencer, empty: Any) -> None:
    """Her own accounts, the largest first."""
    field = form.fields["account"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = SocialAccount.objects.filter(influencer=person).select_related("platform").largest_first()
    field.label_from_instance = _account_name  # type: ignore[assignment, method-assign]
    field.empty_label = empty


class CountedMixin(forms.BaseForm):
    """A day that has come; today unless somebody says another."""

    today: dt.date
    initial: dict[str, Any]

    def offer_today(self, today: dt.date) -> None:
        self.today = today
        self.initial["counted_on"] = self.initial.get("counted_on") or today

    def clean_counted_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["counted_on"]
        if on > self.today:
            raise ValidationError(_("This day has not come yet. When was it counted?"), code="future")
        return on


class AudienceForm(SeenMixin, CountedMixin, forms.ModelForm[Audience]):
    """Who follows: everything in one line."""

    numbers = forms.CharField(
        label=_("Who follows"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "25-34 62 %, women 81 %, Surabaya 40 %"}),
        help_text=_("Ages, genders and places as they stand in the insights, in any order, parted by commas or lines."),
    )

    class Meta:
        model = Audience
        fields = ["account", "counted_on", "source", "personas"]
        widgets = {"counted_on": day(), "personas": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_today(today)
        self.shares: list[AudienceShare] = []
        if self.instance.pk:
            self.initial["numbers"] = write_shares(in_order(self.instance.shares.all()))
        offer_accounts(self, self.instance.influencer, _("All of them together"))
        self.fields["source"].help_text = _("For example: her screenshot of the insights, a tool, her own words.")
        personas = self.fields["personas"]
        assert isinstance(personas, forms.ModelMultipleChoiceField)
        personas.queryset = Persona.objects.valid_on(today).order_by("slug")
        personas.help_text = _("One or two that say best who they are.")
        self.helper = bare_helper(
            Fieldset("", "numbers", Row(Column("account"), Column("counted_on"), Column("source"))),
            Fieldset("", Div("personas", css_class="choices-3")),
            *(["seen"] if self.instance.pk else []),
        )
        self.remember()

    def clean_personas(self) -> Any:
        chosen = self.cleaned_data["personas"]
        if len(chosen) > MOST_PERSONAS:
            raise ValidationError(_("Choose the two that say most; more would fit everybody."), code="most")
        return chosen

    def clean_numbers(self) -> str:
        """Read the line, find the places on file, and check that parts of one whole are no more than it."""
        text: str = self.cleaned_data["numbers"]
        read = read_shares(text)
        if not read:
            raise ValidationError(_("Write at least one part, such as 25-34 62 %."), code="empty")
        places = _places([share.label for share in read if share.kind == AudienceShare.Kind.PLACE])
        self.shares = in_order([_share(share, places) for share in read])
        self._check_places()
        return text

    def _check_places(self) -> None:
        """Countries are parts of one whole, provinces of another; towns on file or not of a third."""
        by_level: dict[str, list[Share]] = {}
        for share in self.shares:
            if share.kind == AudienceShare.Kind.PLACE:
                level = share.territory.kind if share.territory else Territory.Kind.CITY
                by_level.setdefault(level, []).append(Share(share.kind, share.label, share.percent))
        for parts in by_level.values():
            if len({part.label for part in parts}) < len(parts):
                raise ValidationError(_("The same place stands there twice. Keep one of them."), code="twice")
            refuse_more_than_whole(_now("The places"), parts)


def _places(names: list[str]) -> dict[str, Territory]:
    """Places on file by their names; where a town and its province share one, the town."""
    if not names:
        return {}
    wanted = reduce(or_, (Q(name__iexact=name) for name in names))
    found = sorted(Territory.objects.filter(wanted), key=lambda place: -LEVELS.index(Territory.Kind(place.kind)))
    return {place.name.casefold(): place for place in found}


def _share(share: Share, places: dict[str, Territory]) -> AudienceShare:
    place = places.get(share.label.casefold()) if share.kind == AudienceShare.Kind.PLACE else None
    return AudienceShare(
        kind=share.kind, label=place.name if place else share.label, territory=place, percent=share.percent
    )


class ReplyCountForm(CountedMixin, forms.ModelForm[ReplyCount]):
    """How many of the comments she answers, by whoever looked."""

    class Meta:
        model = ReplyCount
        fields = ["posts", "percent", "account", "counted_on", "note"]
        widgets = {"counted_on": day()}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_today(today)
        offer_accounts(self, self.instance.influencer, _("All of them together"))
        percent, posts = self.fields["percent"], self.fields["posts"]
        assert isinstance(percent, forms.DecimalField)
        assert isinstance(posts, forms.IntegerField)
        self.fields["percent"] = forms.DecimalField(
            label=percent.label, min_value=0, max_value=100, decimal_places=2, localize=True
        )
        self.fields["posts"] = forms.IntegerField(label=_("Her last posts you looked at"), min_value=1, max_value=1000)
        self.helper = bare_helper(
            Fieldset("", Row(Column("posts"), Column("percent")), Row(Column("account"), Column("counted_on")), "note")
        )
