"""What she is asked for: pictures, or the counts in the order of her own screen. Both are optional, one has to be there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.results.models import PostSnapshot
from campaigns.results.numbers.boxes import CountField, count_boxes
from campaigns.results.numbers.hers import NOTHING
from crm.base.files import IMAGES, SafeFileField

MOST = 10
TOLD = ("views", "reach", "likes", "comments", "shares", "saves")


class Pictures(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(SafeFileField):
    """Several pictures; each one checked."""

    widget = Pictures

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if len(sent) > MOST:
            raise forms.ValidationError(_("At most ten pictures at once. Send the others after these."))
        return [super(PicturesField, self).clean(one, initial) for one in sent]


class HerNumbersForm(forms.Form):
    """Pictures first: they are enough."""

    pictures = PicturesField(
        label=_("Screenshots of your insights"), kinds=IMAGES, required=False,
        help_text=_("Open the post, tap “View insights” and take a screenshot. Several are fine."),
    )  # fmt: skip

    def __init__(self, *args: Any, order: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields |= count_boxes(order)

    def counts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.order]

    @property
    def counted_any(self) -> bool:
        """Whether something is typed already; then the boxes stand open."""
        return any(box.value() for box in self.counts())

    def counted(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in self.order if self.cleaned_data.get(name) is not None}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("pictures") and not self.counted():
            raise forms.ValidationError(NOTHING)
        return data


class ToldNumbersForm(forms.Form):
    """The same as a colleague notes it for her: the screenshot she sent by chat, or what she said."""

    file = SafeFileField(label=_("Screenshot of her insights"), kinds=IMAGES, required=False)
    views, reach, likes, comments, shares, saves = (CountField() for _name in TOLD)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, box in count_boxes(TOLD).items():
            self.fields[name].label = box.label

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) is not None for name in ("file", *PostSnapshot.COUNTS)):
            raise forms.ValidationError(NOTHING)
        return data
