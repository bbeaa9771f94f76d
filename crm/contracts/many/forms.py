"""What is asked before contracts are written for many: whom, for which brand, what for, for how much."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Div, Field, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.base.money import MoneyField
from crm.base.windows import validate_period
from crm.brands.forms import category_choices
from crm.brands.models import Brand
from crm.contracts.actions.amending import TEMPLATE as AMENDMENT
from crm.contracts.many.terms import Rule, Sentence, Terms, usual_sentence
from crm.contracts.models import ContractTemplate, PayLine, UsageRight
from crm.contracts.said import MOST_POSTS, read_terms
from crm.contracts.whom import people_chosen
from crm.exclusivity.forms.clauses import MOST_DAYS
from crm.exclusivity.forms.outside import day
from crm.exclusivity.models import Clause
from crm.influencers.models import Influencer
from crm.influencers.pasting.columns import Line, find_people
from crm.influencers.prices_said import read_items
from crm.team.forms import bare_helper, zone_field
from crm.team.models import User

MOST = 200
FOLD = "crm/contracts/many_folded.html"
ANCHORS = (Clause.Anchor.EACH_POST, Clause.Anchor.TERM, Clause.Anchor.SIGNATURE)


class ManyForm(forms.Form):
    """Contracts that differ in who signs them and what she is paid."""

    chosen = forms.CharField(required=False, widget=forms.HiddenInput)
    who = forms.CharField(
        label=_("With whom"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Handles or names, one per line. Each gets a contract of her own."),
    )  # fmt: skip
    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=_("Choose …"))
    template = forms.ModelChoiceField(
        label=_("Template"),
        queryset=ContractTemplate.objects.filter(is_active=True).exclude(code=AMENDMENT),
        empty_label=_("Choose …"),
    )
    said = forms.CharField(
        label=_("What each does"), max_length=300, required=False,
        help_text=_("1 reel 3 story, or with one price for everybody as it was said in the chat: 1 reel 3 story 2,8jt nett."),
    )  # fmt: skip
    rule = forms.ChoiceField(label=_("Her fee"), choices=Rule.choices, initial=Rule.FIXED)
    amount = MoneyField(label=_("Amount for each"), required=False, help_text=_("Empty: the price in the words above."))
    cash_percent = forms.IntegerField(
        label=_("Of it in money, %"), min_value=0, max_value=100, initial=100,
        help_text=_("50 is half money, half products."),
    )  # fmt: skip
    tax = forms.ChoiceField(label=_("Tax"), choices=PayLine.Tax.choices, required=False)
    in_kind = forms.CharField(label=_("Products"), max_length=200, required=False)
    start_on = forms.DateField(label=_("First day"), required=False, widget=day())
    end_on = forms.DateField(label=_("Last day"), required=False, widget=day())
    offer_until_on = forms.DateField(label=_("The offer stands until"), required=False, widget=day())
    exclusive = forms.BooleanField(label=_("No work for other brands of the category"), required=False)
    before = forms.IntegerField(label=_("Days before"), min_value=0, max_value=MOST_DAYS, initial=30)
    after = forms.IntegerField(label=_("Days after"), min_value=0, max_value=MOST_DAYS, initial=30)
    anchor = forms.ChoiceField(label=_("Counted from"), choices=[(one.value, one.label) for one in ANCHORS])
    right = forms.ChoiceField(
        label=_("The brand may"),
        required=False,
        choices=[("", _("Nothing beyond the posts")), *UsageRight.Kind.choices],
    )
    right_days = forms.IntegerField(
        label=_("For days"), required=False, min_value=1, max_value=3650, initial=90,
        help_text=_("From the first post on. Empty: for good."),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Product category"), required=False)
    title = forms.CharField(
        label=_("Title"), max_length=100, required=False, help_text=_("Empty: the brand. Her name is added.")
    )

    def __init__(self, *args: Any, user: User, today: dt.date, zone: str, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.people: list[Influencer] = []
        self.fields["brand"].queryset = Brand.objects.visible_to(user).running()  # type: ignore[attr-defined]
        self.fields["category"].choices = category_choices(_("As the brand"))  # type: ignore[attr-defined]
        self.fields["zone"] = zone_field()
        self.initial.setdefault("zone", zone)
        self.initial.setdefault("amount", [None, currency])
        self.helper = bare_helper(*self._layout())

    def _layout(self) -> list[Any]:
        return [
            Fieldset("", "chosen", "who", Row(Column("brand"), Column("template"))),
            Fieldset(
                _("What and for how much"), "said", Row(Column("rule"), Column("amount")),
                Row(Column("cash_percent"), Column("in_kind"), Column("tax")),
            ),
            Fieldset(_("Days"), Row(Column("start_on"), Column("end_on"), Column("offer_until_on"))),
            Fieldset(
                _("Other brands"), Field("exclusive"), Row(Column("before"), Column("after"), Column("anchor"))
            ),
            Fieldset(_("How the content may be used"), Row(Column("right"), Column("right_days"))),
            Div(Row(Column("category"), Column("title")), "zone", template=FOLD),
        ]  # fmt: skip

    @property
    def chosen_people(self) -> list[Influencer]:
        """Whom the list of people handed over, as far as this colleague may see them."""
        return people_chosen(str(self["chosen"].value() or ""), self.user, MOST + 1)

    def clean_said(self) -> str:
        said: str = self.cleaned_data["said"]
        if said and not (read_items(said) or read_terms(said)):
            raise ValidationError(
                _("This cannot be read. Write it for example as: 1 reel 3 story, or 1 reel 3 story 2,8jt nett."),
                code="said",
            )
        return said

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._find_people(data.get("who") or "")
        try:
            validate_period(data.get("start_on"), data.get("end_on"))
        except ValidationError as refused:
            self.add_error("end_on", refused)
        until = data.get("offer_until_on")
        if until and until < self.today:
            self.add_error("offer_until_on", _("This day is over. Until when does the offer stand?"))
        if "said" not in self.errors and "amount" not in self.errors:
            self._check_fee(data)
        if data.get("exclusive") and data.get("brand") and not self._category(data):
            self.add_error("exclusive", _("This brand has no category. Choose the product category below."))
        return data

    def _find_people(self, text: str) -> None:
        lines = [Line(word, "") for word in dict.fromkeys(part.strip() for part in _words(text) if part.strip())]
        found = list(find_people(lines))
        unknown = [line.key for line in found if line.person is None]
        named = {line.person for line in found if line.person is not None}
        seen = Influencer.objects.visible_to(self.user).present().filter(pk__among=named)
        self.people = list({one.pk: one for one in (*self.chosen_people, *seen.order_by("name_key", "pk"))}.values())
        if unknown:
            names = ", ".join(unknown)
            self.add_error("who", NOBODY % {"names": names})
        elif not self.people:
            self.add_error("who", _("With whom? Paste handles, or choose people in the list of people first."))
        elif len(self.people) > MOST:
            self.add_error("who", _("At most %(most)d people at once. Do it in parts.") % {"most": MOST})

    def _check_fee(self, data: dict[str, Any]) -> None:
        terms = read_terms(data.get("said") or "")
        if sum(count for _code, count in self._posts(data)) > MOST_POSTS:
            self.add_error(
                "said", _("More than %(most)d posts at once are surely a slip of the keyboard.") % {"most": MOST_POSTS}
            )
        if data.get("rule") == Rule.RATES:
            if not self._posts(data):
                self.add_error("said", _("Name the posts her rate card is asked for, for example: 1 reel 3 story."))
        elif data.get("amount") is None and (terms is None or terms.amount is None):
            self.add_error("amount", _("Enter an amount, or write the price into the words above."))

    @staticmethod
    def _posts(data: dict[str, Any]) -> Sequence[tuple[str, int]]:
        said = data.get("said") or ""
        terms = read_terms(said)
        return _together(read_items(said) or (terms.posts if terms else ()))

    @staticmethod
    def _category(data: dict[str, Any]) -> int | None:
        chosen = data.get("category")
        return int(chosen) if chosen else data["brand"].category_id

    def terms(self) -> Terms:
        """What is the same in all of them."""
        data = self.cleaned_data
        amount, currency, tax = self._pay(data)
        return Terms(
            brand=data["brand"].pk, kind=data["template"].kind, category=self._category(data),
            wording=data["template"].newest.pk, title=data["title"] or str(data["brand"]),
            start_on=_iso(data["start_on"]), end_on=_iso(data["end_on"]), offer_until_on=_iso(data["offer_until_on"]),
            zone=data["zone"], posts=self._posts(data), rule=data["rule"], amount=str(amount) if amount is not None else "",
            currency=currency, tax=tax, cash_percent=data["cash_percent"], in_kind=data["in_kind"], said=data["said"],
            right=data["right"], right_days=None if data["right"] == UsageRight.Kind.BUY_OUT else data["right_days"],
        )  # fmt: skip

    def _pay(self, data: dict[str, Any]) -> tuple[Decimal | None, str, str]:
        said, money = read_terms(data["said"]), data["amount"]
        if money is not None:
            return money.amount, str(money.currency), data["tax"] or (said.tax if said else "")
        if said is not None and data["rule"] == Rule.FIXED:
            return said.amount, said.currency, data["tax"] or said.tax
        return None, self._currency(), data["tax"]

    def _currency(self) -> str:
        return str(self.data.get(self.add_prefix("amount_1")) or self.initial["amount"][1])

    def sentences(self) -> list[Sentence]:
        """The exclusivity sentence that was asked for here; more of them are added on the next page."""
        data = self.cleaned_data
        if not data["exclusive"]:
            return []
        return [usual_sentence(self._category(data), data["anchor"], data["before"], data["after"])]


def _words(text: str) -> list[str]:
    return text.replace(",", "\n").replace(";", "\n").splitlines()


def _together(posts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """`1 reel 1 story 1 reel` is two reels and a story."""
    counted: dict[str, int] = {}
    for code, count in posts:
        counted[code] = counted.get(code, 0) + count
    return list(counted.items())


def _iso(on: dt.date | None) -> str:
    return on.isoformat() if on else ""


NOBODY: Any = _("Nobody on file is called %(names)s, or several are. Use the handle, or add the person first.")
