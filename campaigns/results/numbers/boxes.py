"""Boxes that take numbers the way people write them, in the order of each platform's own insights screen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.results.models import PostSnapshot
from crm.base.amounts import read_count

NAMES: dict[str, Any] = {
    "likes": _("Likes"),
    "comments": _("Comments"),
    "saves": _("Saves"),
    "shares": _("Shares"),
    "views": _("Views"),
    "reach": _("Reach"),
    "impressions": _("Impressions"),
    "clicks": _("Link clicks"),
    "positive": _("Comments in favour"),
    "neutral": _("Comments neither way"),
    "negative": _("Comments against"),
}
ORDERS: dict[str, tuple[str, ...]] = {
    "instagram": ("views", "reach", "likes", "comments", "shares", "saves", "impressions", "clicks"),
    "tiktok": ("views", "likes", "comments", "shares", "saves", "reach", "impressions", "clicks"),
    "youtube": ("views", "impressions", "likes", "comments", "shares", "reach", "saves", "clicks"),
    "x": ("views", "impressions", "likes", "comments", "shares", "saves", "clicks", "reach"),
    "facebook": ("reach", "impressions", "views", "likes", "comments", "shares", "clicks", "saves"),
    "threads": ("views", "likes", "comments", "shares", "reach", "impressions", "saves", "clicks"),
}
"""As the screens stood in 2026; platforms move them about, and then only the order of the boxes is out of step."""


def order_for(platform: str) -> tuple[str, ...]:
    return ORDERS.get(platform, PostSnapshot.COUNTS)


class CountField(forms.CharField):
    """`12,4rb`, `1.2K`, `3,5 jt`, `1.234`: how many. Empty is unknown, never 0."""

    default_error_messages = {
        "unreadable": _("That is no whole number. Write it like 1240, 12,4rb or 1.2K."),
    }

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "count"})
        super().__init__(required=False, max_length=30, widget=box, **kwargs)

    def clean(self, value: Any) -> int | None:
        said: str = super().clean(value)
        if not said.strip():
            return None
        count = read_count(said)
        if count is None:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable")
        return count


def count_boxes(names: Sequence[str]) -> dict[str, CountField]:
    return {name: CountField(label=NAMES[name]) for name in names}
