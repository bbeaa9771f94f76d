"""What the style guide shows: invented people and numbers, one of everything."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from crm.base.windows import months_later
from crm.base.year_strip import AHEAD, LAST_DAY, NOTICE, NOW, OK, REVIEW, SHORT, Mark, Period, YearStrip, year_strip


class SpecimenForm(forms.Form):
    """Every kind of field, one of them wrong."""

    name = forms.CharField(label="Name", help_text="As she signs.", initial="Kirana Maheswari")
    email = forms.EmailField(label="E-mail", initial="kirana@")
    tier = forms.ChoiceField(label="Tier", choices=[("nano", "Nano"), ("micro", "Micro"), ("macro", "Macro")])
    posts_on = forms.DateField(label="Posts on", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(label="Proof", required=False)
    channels = forms.MultipleChoiceField(
        label="Where",
        required=False,
        choices=[("instagram", "Instagram"), ("tiktok", "TikTok")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="She said yes", required=False)


def wrong_form(prefix: str) -> SpecimenForm:
    """Filled as somebody typed it, so that one error shows. The prefix keeps ids apart when shown twice."""
    typed = {"name": "Kirana Maheswari", "email": "kirana@", "tier": "micro", "agreed": "on"}
    return SpecimenForm({f"{prefix}-{field}": value for field, value in typed.items()}, prefix=prefix)


def specimens(now: dt.datetime) -> dict[str, Any]:
    """The words and numbers of the style guide, for the clock handed in."""
    return {
        "now": now,
        "soon": now + dt.timedelta(days=3),
        "fee": Decimal(7_500_000),
        "budget": Decimal(128_400_000),
        "followers": 34_200,
        "rate": Decimal("0.046"),
        "weekly": [12, 18, 17, 22, 24, 31, 38, 47],
        "tones": [("", "Draft"), ("info", "In review"), ("ok", "Signed"), ("warn", "Making"), ("bad", "Late")],
        "people": PEOPLE,
        "tabs": [
            {"label": "Everything", "url": "#", "active": True, "count": 14},
            {"label": "Drafts", "url": "#", "count": 4},
            {"label": "Answers", "url": "#", "count": 3},
        ],
        "views": [
            {"label": "Board", "url": "#", "active": True, "icon": "kanban"},
            {"label": "Table", "url": "#", "icon": "table"},
            {"label": "Calendar", "url": "#", "icon": "calendar3"},
        ],
        "steps": [
            {"label": "File", "hint": "team.csv", "state": "done", "url": "#"},
            {"label": "Columns", "hint": "12 of 14 known", "state": "now"},
            {"label": "Rehearsal", "hint": "nothing saved", "state": "later"},
            {"label": "Import", "state": "later"},
        ],
        "actions": [
            {"label": "Invite", "value": "invite", "icon": "person-plus"},
            {"label": "Remove", "value": "remove", "icon": "trash", "danger": True},
        ],
        "choices": [("shortlist", "Shortlist"), ("talks", "In talks"), ("agreed", "Agreed")],
        "page": Paginator(range(1, 612), 50).get_page(4),
        "said": "Boleh pakai lagu sendiri?",
        "year": year_of_a_deal(),
    }


def year_of_a_deal() -> YearStrip | None:
    """Twelve months from 11 March, one of them missed, nine days of them paused."""
    first, day = dt.date(2026, 3, 11), dt.timedelta(days=1)
    told = [(OK, "2/2", 100.0), (SHORT, "1/2", 50.0), (OK, "2/2", 100.0), (NOW, "1/2", 50.0), *[(AHEAD, "", None)] * 8]
    periods = [
        Period(f"Period {number}", months_later(first, number - 1), months_later(first, number) - day, state, figure,
               f"{figure} Reels" if figure else "2 Reels", share, url="#" if figure else "")
        for number, (state, figure, share) in enumerate(told, 1)
    ]  # fmt: skip
    marks = [
        Mark(REVIEW, dt.date(2026, 12, 26), "Review"),
        Mark(NOTICE, dt.date(2027, 1, 9), "Notice until"),
        Mark(LAST_DAY, dt.date(2027, 3, 10), "Last day"),
    ]
    rests = [(dt.date(2026, 9, 2), dt.date(2026, 9, 10))]
    return year_strip(periods, today=dt.date(2026, 6, 24), marks=marks, rests=rests)


PEOPLE: list[dict[str, Any]] = [
    {
        "name": "Kirana Maheswari",
        "handle": "@kiranamhs, 34,2 rb",
        "what": "1 Reel",
        "when": "from 13 Mar",
        "tone": "warn",
        "stage": "Shortlist",
        "fee": 5_500_000,
        "marks": [{"label": "Barred to 12 Mar", "tone": "warn", "icon": "lock-fill"}],
    },
    {
        "name": "Salsa Prameswari",
        "handle": "@salsa.pr, 41,0 rb",
        "what": "1 Reel",
        "when": "1 day late",
        "when_tone": "bad",
        "tone": "bad",
        "stage": "Review",
        "fee": 4_200_000,
        "marks": [{"label": "Draft 2 waiting", "tone": "bad", "icon": "images"}],
    },
    {
        "name": "Rafi Alamsyah",
        "handle": "@rafi.alam, 37,7 rb",
        "what": "1 Reel, 2 stories",
        "when": "Sun 15 Feb",
        "tone": "info",
        "stage": "Making",
        "fee": 2_100_000,
        "marks": [{"label": "On its way", "icon": "truck"}, {"label": "Paid", "tone": "ok", "icon": "cash"}],
    },
]
