"""What is typed about an incident, about whose data it was, and to them."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer, Tag
from crm.privacy.incidents.actions import Notice
from crm.privacy.incidents.telling import subjects_for, words_for
from crm.privacy.models import DataIncident

SHORT, LONG = {"rows": 2}, {"rows": 12}
MOST = 2000


def moment(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, required=required, help_text=help_text, widget=widget,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )  # fmt: skip


class IncidentForm(forms.ModelForm[DataIncident]):
    """What happened, as far as it is known: it may be completed later."""

    found_at = moment(_("When it was found"), help_text=_("From here three times 24 hours run."))
    happened_at = moment(_("When it happened, if that is known"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = DataIncident
        fields = ("title", "found_at", "happened_at", "what", "data", "consequences", "measures")
        widgets = {name: forms.Textarea(attrs=SHORT) for name in ("what", "data", "consequences", "measures")}

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        if not self.instance.pk:
            self.initial.setdefault("found_at", timezone.localtime(now))
        else:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    def clean_found_at(self) -> dt.datetime:
        return _past(self.cleaned_data["found_at"], self.now)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        found, happened = said.get("found_at"), said.get("happened_at")
        if found and happened and happened > found:
            self.add_error("happened_at", _("It was found before it happened."))
        return said


def _past(at: dt.datetime, now: dt.datetime) -> dt.datetime:
    if at > now:
        raise ValidationError(_("That has not come yet."))
    return at


class AuthorityForm(forms.Form):
    """The authority was told: when, and under which number."""

    told_at = moment(_("Told at"))
    ref = forms.CharField(label=_("Its reference"), max_length=120, required=False)

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["told_at"].initial = timezone.localtime(now)

    def clean_told_at(self) -> dt.datetime:
        return _past(self.cleaned_data["told_at"], self.now)


class CloseForm(forms.Form):
    """Why nothing is left to do."""

    why = forms.CharField(label=_("Why it is closed"), max_length=2000, widget=forms.Textarea(attrs=SHORT))


class HowForm(forms.Form):
    """How she was told without Mitra."""

    how = forms.CharField(label=_("How she was told"), max_length=500, widget=forms.Textarea(attrs=SHORT))


class PeopleForm(forms.Form):
    """Whose data it was: everybody, everybody with a tag, or names one by one."""

    class Who:
        NAMED, TAGGED, EVERYBODY = "named", "tagged", "everybody"

    who = forms.ChoiceField(
        label=_("Whose data it was"), widget=forms.RadioSelect, initial=Who.NAMED,
        choices=[
            (Who.NAMED, _("These people")), (Who.TAGGED, _("Everybody with a tag")),
            (Who.EVERYBODY, _("Everybody we know")),
        ],
    )  # fmt: skip
    names = forms.CharField(
        label=_("Names or handles, one on each line"), required=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    tag = forms.ModelChoiceField(Tag.objects.order_by("name"), label=_("Tag"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        reader = {
            self.Who.NAMED: self._named, self.Who.TAGGED: self._tagged, self.Who.EVERYBODY: self._everybody,
        }.get(said.get("who", ""))  # fmt: skip
        said["people"] = reader(said) if reader else []
        return said

    def _everybody(self, said: dict[str, Any]) -> list[int]:
        rows = Influencer.objects.unmerged().filter(erased_at__isnull=True)
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def _tagged(self, said: dict[str, Any]) -> list[int]:
        if not said.get("tag"):
            self.add_error("tag", _("Choose a tag."))
            return []
        rows = Influencer.objects.unmerged().filter(erased_at__isnull=True, tags=said["tag"])
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def _named(self, said: dict[str, Any]) -> list[int]:
        """Every line means exactly one person; the first that do not are told."""
        wanted = list(dict.fromkeys(line.strip() for line in said.get("names", "").splitlines() if line.strip()))
        if not wanted or len(wanted) > MOST:
            self.add_error("names", _("Name at least one person, and at most %(most)s.") % {"most": MOST})
            return []
        found = _found(wanted)
        unclear = [name for name in wanted if len(found.get(_key(name), ())) != 1]
        if unclear:
            told = ", ".join(unclear[:10])
            self.add_error("names", _("Nobody, or more than one person, is called: %(names)s") % {"names": told})
        return sorted(pk for name in wanted for pk in found.get(_key(name), ()))


def _key(name: str) -> str:
    return name.strip().lstrip("@").upper()


def _found(wanted: list[str]) -> dict[str, set[int]]:
    """Who is called so, by name or by the handle of the main account."""
    keys = {_key(name) for name in wanted}
    called = Q(name_key__in=keys) | Q(main_handle__in={key.lower() for key in keys})
    rows = Influencer.objects.unmerged().filter(called, erased_at__isnull=True)
    found: dict[str, set[int]] = {}
    for pk, name, handle in rows.values_list("pk", "name_key", "main_handle"):
        for key in (name, handle.upper()):
            found.setdefault(key, set()).add(pk)
    return found


class NoticeForm(forms.Form):
    """What they are told, in both languages; each gets her own."""

    subject_id = forms.CharField(label=_("Subject in Indonesian"), max_length=120)
    words_id = forms.CharField(label=_("Words in Indonesian"), max_length=8000, widget=forms.Textarea(attrs=LONG))
    subject_en = forms.CharField(label=_("Subject in English"), max_length=120)
    words_en = forms.CharField(label=_("Words in English"), max_length=8000, widget=forms.Textarea(attrs=LONG))

    def __init__(self, *args: Any, incident: DataIncident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in ("id", "en"):
            self.fields[f"subject_{language}"].initial = subjects_for(language)
            self.fields[f"words_{language}"].initial = words_for(incident, language)

    @property
    def notice(self) -> Notice:
        said = self.cleaned_data
        return Notice(
            {language: said[f"subject_{language}"] for language in ("en", "id")},
            {language: said[f"words_{language}"] for language in ("en", "id")},
        )
