import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override
from djmoney.money import Money
from hypothesis import given
from hypothesis import strategies as st

from campaigns.planning.models import Campaign
from crm.base.money import MoneyField, read_local_amount, write_amount


class PriceForm(forms.Form):
    price = MoneyField(label="Price", help_text="Before tax.")
    bonus = MoneyField(label="Bonus", required=False)


def submitted(amount: str, currency: str = "IDR", **more: str) -> PriceForm:
    return PriceForm({"price_0": amount, "price_1": currency, **more})


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [
        ("id", "1.500.000,50", "1500000.50"),
        ("id", "7.500", "7500"),
        ("id", "1500000", "1500000"),
        ("id", "0,5", "0.5"),
        ("id", "1,5 jt", "1500000"),
        ("id", "750rb", "750000"),
        ("id", "Rp1.500.000,-", "1500000"),
        ("id", " 7.500.000 ", "7500000"),
        ("en", "1,500,000.50", "1500000.50"),
        ("en", "7,500", "7500"),
        ("en", "7.5", "7.5"),
        ("en", "1500000", "1500000"),
    ],
)
def test_an_amount_is_read_in_the_notation_of_the_language(language: str, typed: str, amount: str) -> None:
    with override(language):
        assert read_local_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "1.500.000"),
        ("en", "1,5"),
        ("en", "1,50,000"),
        ("id", "1,500,000"),
        ("id", "1.5"),
        ("id", "1.50.000"),
        ("id", "2M"),
        ("id", "Nego"),
        ("en", "1e5"),
        ("en", "١٢٣"),
        ("en", "NaN"),
        ("en", "--5"),
    ],
)
def test_an_amount_in_another_notation_is_refused_never_misread(language: str, typed: str) -> None:
    with override(language):
        form = submitted(typed)
        example = "1.500.000,50" if language == "id" else "1,500,000.50"

        assert "1500000" in form.errors["price"][0] and example in form.errors["price"][0]
        assert typed in str(form["price"])


def test_the_advice_is_a_sentence() -> None:
    assert submitted("1.500.000").errors == {"price": ["Write the amount like 1,500,000.50 or 1500000."]}


def test_money_comes_out_with_its_currency() -> None:
    form = submitted("7,500.50", "USD")

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"price": Money("7500.50", "USD"), "bonus": None}


@pytest.mark.parametrize(
    ("amount", "currency", "sentence"),
    [
        ("", "IDR", "Enter an amount."),
        ("-5", "IDR", "Ensure this value is greater than or equal to 0."),
        ("1.005", "IDR", "Ensure that there are no more than 2 decimal places."),
        ("9999999999999", "IDR", "Ensure that there are no more than 12 digits before the decimal point."),
        ("5", "XXX", "Select a valid choice. XXX is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said(amount: str, currency: str, sentence: str) -> None:
    assert submitted(amount, currency).errors == {"price": [sentence]}


@pytest.mark.parametrize(("language", "shown"), [("id", "7.500.000"), ("en", "7,500,000")])
def test_an_amount_is_shown_as_it_is_read_back(language: str, shown: str) -> None:
    with override(language):
        html = str(PriceForm(initial={"price": Money("7500000.00", "IDR")})["price"])

    assert f'value="{shown}"' in html
    assert '<option value="IDR" selected>IDR</option>' in html


@given(
    st.decimals(min_value=0, max_value=10**11, places=2, allow_nan=False),
    st.sampled_from(["id", "en"]),
)
def test_every_amount_shown_is_read_back(amount: Decimal, language: str) -> None:
    with override(language):
        assert read_local_amount(write_amount(amount)) == amount


def test_the_group_is_labelled_once_and_tells_its_error() -> None:
    html = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": submitted("x")}))

    html = " ".join(html.split())
    assert '<label for="id_price_0"' in html
    assert "<fieldset" not in html
    group = re.search(r'<div class="input-group is-invalid">.*?</div>\s*(<[^>]*>)', html, re.DOTALL)
    assert group is not None and "invalid-feedback" in group[1]
    amount = re.search(r"<input[^>]*name=\"price_0\"[^>]*>", html)
    assert amount is not None
    assert 'class="form-control text-end num is-invalid"' in amount[0]
    assert "aria-label" not in amount[0]
    assert 'aria-label="Currency"' in html
    assert "style=" not in html


def test_a_field_begins_with_its_initial_amount() -> None:
    class Form(forms.Form):
        price = MoneyField(initial=Money("250000", "SGD"))

    html = str(Form()["price"])

    assert 'value="250,000"' in html
    assert '<option value="SGD" selected>SGD</option>' in html


def test_an_untouched_amount_has_not_changed() -> None:
    initial: dict[str, Any] = {"price": Money("7500000.00", "IDR")}
    same = PriceForm({"price_0": "7,500,000", "price_1": "IDR"}, initial=initial)
    other = PriceForm({"price_0": "7,500,001", "price_1": "IDR"}, initial=initial)

    assert (same.changed_data, other.changed_data) == ([], ["price"])


def test_a_model_form_takes_it_by_its_class() -> None:
    class BudgetForm(forms.ModelForm):  # type: ignore[type-arg]
        class Meta:
            model = Campaign
            fields = ["budget"]
            field_classes = {"budget": MoneyField}

    form = BudgetForm({"budget_0": "1,500,000", "budget_1": "IDR"})

    assert isinstance(form.fields["budget"], MoneyField)
    assert form.fields["budget"].label == "Budget"
    form.full_clean()
    assert form.cleaned_data["budget"] == Money("1500000", "IDR")
