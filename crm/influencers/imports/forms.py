"""What a person says about a file of people: what its columns mean, whose a doubtful row is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date, local_midnight
from crm.influencers.imports.mapping import (
    FIGURES,
    ON_PLATFORM,
    PLATFORMS,
    ColumnMap,
    MappingError,
    Meaning,
    parse_target,
)
from crm.influencers.imports.queries import columns_of
from crm.influencers.imports.reading import Table
from crm.influencers.models import ImportRun, Platform
from crm.team.forms import bare_helper

Choice = tuple[str | Promise, Any]

PERSON = (
    Meaning.NAME,
    Meaning.LEGAL_NAME,
    Meaning.NICHE,
    Meaning.CITY,
    Meaning.COUNTRY,
    Meaning.PHONE,
    Meaning.EMAIL,
    Meaning.RATE_CARD,
    Meaning.BORN_ON,
    Meaning.NOTES,
)


class ColumnsForm(forms.Form):
    """What each column means, where the accounts are, from when the numbers are, and who is right."""

    platform = forms.ChoiceField(
        label=_("Accounts are on"),
        required=False,
        help_text=_("Counts for columns and cells that do not say it themselves."),
    )
    counted_on = forms.DateField(
        label=_("Numbers are from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on which followers and other figures were counted."),
    )
    replaces_known = forms.ChoiceField(
        label=_("Where somebody is already known"),
        choices=[("", _("fill in what is missing")), ("1", _("the file overrules what is on file"))],
        required=False,
    )

    def __init__(self, *args: Any, run: ImportRun, table: Table, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._run, self._zone = run, zone
        columns = columns_of(run)
        platforms = list(Platform.objects.filter(code__in=PLATFORMS).values_list("code", "name"))
        offered = _offered(platforms, columns)
        self._known = {str(value) for _group, choices in offered for value, _label in choices}
        self.fields["platform"].choices = [("", _("(not chosen)")), *platforms]  # type: ignore[attr-defined]
        self.initial["platform"] = columns.platform
        self.initial["replaces_known"] = "1" if run.replaces_known else ""
        self.initial["counted_on"] = local_date(run.counted_at, zone) if run.counted_at else None
        self._columns: list[str] = []
        for index, (heading, target) in enumerate(zip(table.header, columns.targets, strict=True)):
            name = f"column_{index}"
            self._columns.append(name)
            self.fields[name] = forms.ChoiceField(
                label=heading,
                choices=offered,
                initial=str(target),
                widget=forms.Select(attrs={"class": "form-select", "aria-describedby": f"reading-{index}"}),
            )
        self.helper = bare_helper("platform", "counted_on", "replaces_known")

    @property
    def as_chosen(self) -> ColumnMap:
        """The columns as they are chosen at this moment, whether or not they will do."""
        chosen = [str(self[name].value() or "") for name in self._columns]
        known = [text if text in self._known else Meaning.KEEP.value for text in chosen]
        return ColumnMap(tuple(map(parse_target, known)), str(self["platform"].value() or ""))

    @property
    def trouble(self) -> str:
        """What stands in the way of a rehearsal, in words; nothing when it can begin."""
        columns = self.as_chosen
        try:
            columns.check()
        except MappingError as error:
            return str(error)
        return str(_("On which platform are these accounts?")) if columns.needs_platform else ""

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of the columns, in the order of the file."""
        return [self[name] for name in self._columns]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            self._check(data)
        return data

    def _check(self, data: dict[str, Any]) -> None:
        targets = tuple(parse_target(data[name]) for name in self._columns)
        self.column_map = ColumnMap(targets, data["platform"])
        try:
            self.column_map.check()
        except MappingError as error:
            raise forms.ValidationError(str(error)) from error
        if self.column_map.needs_platform:
            self.add_error("platform", _("On which platform are these accounts?"))
        if data["counted_on"] == self.initial["counted_on"]:
            self.counted_at = self._run.counted_at
        else:
            self.counted_at = local_midnight(data["counted_on"], self._zone)


def _offered(platforms: Sequence[tuple[str, str]], columns: ColumnMap) -> list[Choice]:
    """Everything a column can mean; figures per platform only for platforms the file speaks of."""
    spoken_of = {target.platform for target in columns.targets} | {columns.platform}
    groups: list[Choice] = [
        ("", [_choice(Meaning.KEEP), _choice(Meaning.SKIP)]),
        (_("About the person"), [_choice(meaning) for meaning in PERSON]),
        (
            _("Accounts"),
            [
                _choice(Meaning.HANDLE),
                *(_choice(Meaning.HANDLE, code, name) for code, name in platforms),
                _choice(Meaning.PLATFORM),
            ],
        ),
        (_("Figures of the row's first account"), [_choice(meaning) for meaning in Meaning if meaning in FIGURES]),
    ]
    for code, name in platforms:
        if code in spoken_of:
            on = [_choice(meaning, code, name) for meaning in Meaning if meaning in FIGURES]
            groups.append((_("Figures on %(platform)s") % {"platform": name}, on))
    return groups


def _choice(meaning: Meaning, platform: str = "", name: str = "") -> tuple[str, str | Promise]:
    if not platform or meaning not in ON_PLATFORM:
        return meaning.value, meaning.label
    label = _("Account on %(platform)s") if meaning == Meaning.HANDLE else _("%(figure)s on %(platform)s")
    return f"{meaning.value}:{platform}", label % {"platform": name, "figure": meaning.label}


NOBODY = _("nobody: leave the row out")


class PersonForm(forms.Form):
    """Whose a row is that names accounts of two people, or that looks like somebody on file."""

    person = forms.TypedChoiceField(label=_("Belongs to"), coerce=int, required=False, empty_value=None)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[int, str]],
        chosen: int | None = None,
        otherwise: str | Promise = NOBODY,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", otherwise), *people]  # type: ignore[attr-defined]
        self.initial["person"] = chosen or ""
        self.fields["person"].widget.attrs["aria-label"] = self.fields["person"].label
        self.helper = bare_helper()
        self.helper.form_show_labels = False
