"""What is asked about one person's brief."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.briefs.content import LISTS, Content
from campaigns.briefs.diff import ORDER
from campaigns.briefs.models import BriefItem
from campaigns.briefs.variants import MAY_DIFFER
from campaigns.planning.forms.answers import day_input
from campaigns.planning.forms.boxes import helper
from campaigns.planning.models import Campaign
from crm.base.files import IMAGES, SafeFileField

SIGNS = {"!": BriefItem.Level.MUST, "-": BriefItem.Level.FREE}
BOXES: Mapping[str, Any] = {name: ORDER[name] for name in MAY_DIFFER}


class AcceptForm(forms.Form):
    """A tick, bound to what she read."""

    read = forms.BooleanField(
        label=_("I have read the brief"), error_messages={"required": _("Tick the box once you have read it.")}
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)


class UseForm(forms.Form):
    """Whether she uses it, since when, in her words, with a picture."""

    uses_it = forms.TypedChoiceField(
        label=_("Do you use it?"), choices=[("yes", _("Yes")), ("no", _("Not yet"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    since_on = forms.DateField(label=_("Since when? (optional)"), required=False, widget=day_input())
    note = forms.CharField(
        label=_("How do you like it, in your words? (optional)"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    file = SafeFileField(label=_("A photo of it in use (optional)"), kinds=IMAGES, required=False)

    def clean_since_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["since_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet. Choose today or an earlier day."))
        return day


class SendForm(forms.Form):
    """Nothing to say: the words are the message's own."""

    def __init__(self, *args: Any, campaign: Campaign, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper()


class VariantForm(forms.Form):
    """Each field as she has it; one that is emptied or as in the brief follows the brief again."""

    def __init__(self, *args: Any, content: Content, overrides: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        for name, label in BOXES.items():
            self.fields[name] = _box(name, label, shown(content, name))
            self.initial[name] = written(name, overrides[name]) if name in overrides else ""
        self.helper = helper(*BOXES)

    @property
    def overrides(self) -> dict[str, Any]:
        """What differs, as it is kept."""
        found = {name: kept(name, self.cleaned_data.get(name)) for name in BOXES}
        return {
            name: value for name, value in found.items() if value not in (None, "", []) and self._differs(name, value)
        }

    def _differs(self, name: str, value: Any) -> bool:
        return written(name, value) != shown(self.content, name)


def _box(name: str, label: Any, brief: str) -> forms.Field:
    says = _("In the brief: %(words)s") % {"words": brief} if brief else _("The brief says nothing here.")
    if name == "embargo_at":
        box = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        return forms.DateTimeField(label=label, required=False, widget=box, help_text=says)
    if name == "use_days":
        return forms.IntegerField(label=label, required=False, min_value=1, max_value=365, help_text=says)
    if name == "link":
        return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https", help_text=says)
    if name in ("colour_tone", "pose", "upload_time", "disclosure"):
        return forms.CharField(label=label, required=False, max_length=120, help_text=says)
    many = name in LISTS or name == "items"
    hint = _("One on each line. ") if many else ""
    if name == "items":
        hint = _("One on each line; ! before a must, - before what is up to her. ")
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=4000, widget=area, help_text=f"{hint}{says}")


def shown(content: Content, name: str) -> str:
    """What the brief says, as it would stand in the box."""
    if name == "items":
        return written(name, [[item.text, item.level] for item in content.items])
    return written(name, content.values.get(name))


def written(name: str, value: Any) -> str:
    """A value as it stands in its box."""
    if value in (None, "", []):
        return ""
    if name == "items":
        signs = {level: sign for sign, level in SIGNS.items()}
        return "\n".join(f"{signs.get(level, '')} {text}".strip() for text, level in value)
    if name in LISTS:
        return "\n".join(str(one) for one in value)
    if name == "embargo_at":
        at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
    return str(value).replace("\r\n", "\n").strip()


def kept(name: str, value: Any) -> Any:
    """What stands in a box as it is kept: plain JSON."""
    if value in (None, ""):
        return None
    if name == "embargo_at":
        return value.isoformat()
    lines = [line.strip() for line in str(value).splitlines() if line.strip()]
    if name == "items":
        return [[line.lstrip("!- ").strip(), str(SIGNS.get(line[0], BriefItem.Level.SHOULD))] for line in lines]
    if name in LISTS:
        return lines
    return value if name == "use_days" else str(value).replace("\r\n", "\n").strip()
