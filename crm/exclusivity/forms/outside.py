"""Forms for work elsewhere: what her side told, a post somebody saw, and everything when it is corrected."""

import datetime as dt
from typing import Any

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from crm.base.files import IMAGES, SafeFile, SafeFileField
from crm.base.windows import validate_period
from crm.brands.forms import category_choices, one_line
from crm.brands.models import Brand
from crm.exclusivity.actions.outside import brands_called, know_brand
from crm.exclusivity.models import OutsideDeal
from crm.team.forms import bare_helper
from crm.team.models import User
from crm.timeline.edit_forms import SeenMixin
from crm.timeline.models import Channel

KNOWN = "known-brands"


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DealForm(SeenMixin, forms.ModelForm[OutsideDeal]):
    """The parts all forms about work elsewhere share: the brand, its category, a screenshot, a note."""

    url = forms.URLField(
        label=_("Address of the post"),
        max_length=400,
        assume_scheme="https",
        required=False,
        # A box of type url refuses an address without its beginning before it gets here.
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "placeholder": "https://"}),
    )
    screenshot = SafeFileField(label=_("Screenshot (optional)"), kinds=IMAGES, required=False)

    class Meta:
        model = OutsideDeal
        fields = [
            "brand_name", "category", "start_on", "end_on", "is_exclusive", "channel", "said_by", "as_said", "url",
            "note",
        ]  # fmt: skip
        widgets = {"start_on": day(), "end_on": day(), "as_said": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.fields["brand_name"].widget.attrs |= {"list": KNOWN, "autocomplete": "off"}
        self.fields["category"].choices = category_choices(_("Not known"))  # type: ignore[attr-defined]
        self.fields["category"].help_text = _("What the brand sells. A brand on file brings its own.")
        if "channel" in self.fields:
            self.fields["channel"].choices = [choice for choice in Channel.choices if choice[0]]  # type: ignore[attr-defined]
        self.helper = bare_helper(*self.layout(), self._known(), *(["seen"] if self.instance.pk else []))
        self.remember()

    def layout(self) -> list[Any]:
        return [
            Fieldset("", Row(Column("brand_name"), Column("category")), *self.days()),
            Fieldset("", Row(Column("channel"), Column("said_by")), "as_said", "url", "screenshot", "note"),
        ]

    def days(self) -> list[Any]:
        return [Row(Column("start_on"), Column("end_on")), "is_exclusive"]

    def _known(self) -> HTML:
        names = Brand.objects.visible_to(self.user).order_by("name").values_list("name", flat=True)
        options = format_html_join("", '<option value="{}"></option>', ((name,) for name in names))
        return HTML(format_html('<datalist id="{}">{}</datalist>', KNOWN, options).replace("{", "&#123;"))

    def clean_brand_name(self) -> str:
        return one_line(self.cleaned_data["brand_name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            validate_period(data.get("start_on"), data.get("end_on"))
        except ValidationError as refused:
            self.add_error("end_on", refused)
        return data

    def deal(self) -> OutsideDeal:
        """The row, tied to the brand on file when there is one of that name."""
        deal: OutsideDeal = self.instance
        know_brand(deal, brands_called([deal.brand_name], self.user).get(deal.brand_name.casefold()))
        return deal

    @property
    def file(self) -> SafeFile | None:
        return self.cleaned_data.get("screenshot") or None


class ToldDealForm(DealForm):
    """Her side said that she works for somebody else."""

    url = None  # type: ignore[assignment]

    class Meta(DealForm.Meta):
        fields = [
            "brand_name", "category", "start_on", "end_on", "is_exclusive", "channel", "said_by", "as_said", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["channel"] = self.initial.get("channel") or Channel.WHATSAPP
        self.fields["said_by"].help_text = _("Empty: the person herself.")
        self.fields["is_exclusive"].help_text = _("She may do nothing for others of the kind on these days.")

    def layout(self) -> list[Any]:
        return [
            Fieldset("", Row(Column("brand_name"), Column("category")), *self.days()),
            Fieldset("", Row(Column("channel"), Column("said_by")), "as_said", "screenshot", "note"),
        ]


class SeenDealForm(DealForm):
    """Somebody saw a post for another brand."""

    posted_on = forms.DateField(label=_("Posted on"), widget=day())

    class Meta(DealForm.Meta):
        fields = ["brand_name", "category", "url", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("posted_on", self.today)

    def layout(self) -> list[Any]:
        return [
            Fieldset("", Row(Column("brand_name"), Column("category"))),
            Fieldset("", Row(Column("url"), Column("posted_on", css_class="col-sm-4")), "screenshot", "note"),
        ]

    def clean_posted_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["posted_on"]
        validate_period(on, None)
        if on > self.today:
            raise ValidationError(_("This day has not come yet. When was it posted?"), code="future")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("url") and not data.get("screenshot"):
            self.add_error(
                "url", _("Paste the address of the post, or add a screenshot: what is not shown is forgotten.")
            )
        return data

    def deal(self) -> OutsideDeal:
        deal = super().deal()
        deal.start_on = deal.end_on = self.cleaned_data["posted_on"]
        return deal
