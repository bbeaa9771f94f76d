"""What somebody types off a screenshot, and why numbers are withdrawn."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.planning.forms.boxes import helper
from campaigns.results.models import PostSnapshot
from campaigns.results.numbers.boxes import NAMES, CountField, count_boxes, order_for
from campaigns.results.numbers.doubts import doubts_about, last_before
from campaigns.results.numbers.taking import Counted
from crm.base.zones import zone_info

MOMENT = "%Y-%m-%dT%H:%M"


class NumbersForm(forms.Form):
    """The counts of one post at one moment; `taken_at` is a clock time where the post is."""

    taken_at = forms.DateTimeField(
        label=_("Counted on"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    )
    followers = CountField(label=_("Followers when it went out"))
    post = forms.ModelChoiceField(label=_("Post"), queryset=LivePost.objects.none(), required=False)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, post: LivePost, taken_at: dt.datetime, followers: int | None, now: dt.datetime,
        posts: Sequence[LivePost] = (), earlier: Sequence[PostSnapshot] = (),
    ) -> None:  # fmt: skip
        self.live_post, self.now, self.earlier, self.doubts = post, now, earlier, list[str]()
        zone = zone_info(post.deliverable.zone)
        known = {"taken_at": taken_at.astimezone(zone).replace(tzinfo=None), "followers": followers, "post": post.pk}
        super().__init__(data, initial=known)
        self.order = order_for(post.platform.code)
        self.fields |= count_boxes((*self.order, *PostSnapshot.FEELINGS))
        if posts:
            self._offer(posts)
        else:
            del self.fields["post"]
        self.fields[self.order[0]].widget.attrs["autofocus"] = True

    def _offer(self, posts: Sequence[LivePost]) -> None:
        """Of which post the picture is."""
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = LivePost.objects.filter(pk__in=[post.pk for post in posts])
        names = [(post.pk, f"{post.deliverable.collaboration.influencer.stage_name}: {post}") for post in posts]
        field.choices = names

    def counts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.order]

    def feelings(self) -> list[forms.BoundField]:
        return [self[name] for name in PostSnapshot.FEELINGS]

    def clean_taken_at(self) -> dt.datetime:
        """Read where the post is, whatever the zone of whoever types."""
        said: dt.datetime = self.cleaned_data["taken_at"]
        return said.replace(tzinfo=zone_info(self.live_post.deliverable.zone))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        counted = self.counted()
        try:
            counted.check(self.chosen, self.now)
        except ValidationError as refused:
            where = {"future": "taken_at", "early": "taken_at"}.get(str(refused.code))
            self.add_error(where, refused)
            return data
        hours = int((counted.taken_at - self.chosen.published_at).total_seconds() // 3600)
        is_same = self.chosen.pk == self.live_post.pk
        before = last_before(self.earlier, hours) if is_same else None
        self.doubts = doubts_about(counted.known, before=before, followers=counted.followers, names=NAMES)
        return data

    @property
    def chosen(self) -> LivePost:
        chosen: LivePost | None = self.cleaned_data.get("post")
        return chosen or self.live_post

    @property
    def has_to_ask(self) -> bool:
        """Something looks odd and nobody has said yet that it is so."""
        return bool(self.doubts) and not self.cleaned_data.get("sure")

    def counted(self) -> Counted:
        data = self.cleaned_data
        counts = {name: data[name] for name in NAMES if data.get(name) is not None}
        return Counted(counts, data["taken_at"], followers=data.get("followers"))


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("What is wrong with them?"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("why")
