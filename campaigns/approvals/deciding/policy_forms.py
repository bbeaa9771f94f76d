"""How content is approved: who says yes first, everything with a usual answer folded away."""

from collections.abc import Collection, Iterable
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.deciding.policies import Policy, Stage
from campaigns.approvals.models import ApprovalPolicy, ReviewStage
from campaigns.planning.forms.boxes import helper, side_by_side
from campaigns.shortlist.votes_actions import Guest
from crm.base.money import MoneyField
from crm.outbox.models import Contact
from crm.team.forms import folded
from crm.team.models import User

ROLES = tuple(ReviewStage.Role.values)
NUMBERS = (
    "max_rounds", "extra_round_fee", "first_pass_hours", "sla_hours", "calendar", "creator_turnaround_days", "auto_approve",
    "concept_first", "concept_days", "musts_cite", "live_days",
)  # fmt: skip
WHO = {
    "coordinator": _("We do: whoever looks after the campaign"),
    "brand": _("then the brand"),
    "legal": _("then legal"),
    "client": _("then the client"),
}


class PolicyForm(forms.ModelForm[ApprovalPolicy]):
    """One question, and folds. Stages come in the order they are ticked in."""

    roles = forms.MultipleChoiceField(
        label=_("Who says yes?"), choices=list(WHO.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("One after the other, in this order."),
    )  # fmt: skip

    new_name = forms.CharField(label=_("Somebody new from outside: name"), required=False, max_length=120)
    new_email = forms.EmailField(label=_("E-mail"), required=False)
    new_role = forms.ChoiceField(label=_("Says yes as"), required=False, choices=ReviewStage.Role.choices[1:])

    class Meta:
        model = ApprovalPolicy
        fields = NUMBERS
        field_classes = {"extra_round_fee": MoneyField}

    def __init__(
        self, *args: Any, policy: Policy, colleagues: Iterable[User], guests: Iterable[Contact], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        stages = {stage.role: stage for stage in policy.stages}
        people = [(str(user.pk), user.name) for user in colleagues]
        outside = [(str(guest.pk), f"{guest.name}, {guest.email}") for guest in guests]
        self.contacts = {str(user.contact_id): user.name for user in colleagues} | dict(outside)
        self.initial = {**self.initial, **{name: getattr(policy, name) for name in NUMBERS}, "roles": list(stages)}
        for role in ROLES:
            self._add_stage(role, stages.get(role), people, outside)
        self.helper = helper(
            Fieldset("", "roles"),
            *(part for role in ROLES for part in self._fold_of(role, stages, outside)),
            *folded(
                _("Somebody new from outside"), *SOMEBODY, is_open=self._is_wrong(("new_name", "new_email", "new_role"))
            ),
            *folded(_("Rounds and days"), *ROUNDS, is_open=self._is_wrong(NUMBERS[:6])),
            *folded(_("Idea first, musts, afterwards"), *REST, is_open=self._is_wrong(NUMBERS[6:])),
        )

    def _add_stage(self, role: str, stage: Stage | None, people: list[Any], outside: list[Any]) -> None:
        """Who exactly, how many of them, and whose word alone counts."""
        self.fields |= {
            f"{role}_people": forms.MultipleChoiceField(
                label=_("Colleagues"), required=False, choices=people, widget=forms.CheckboxSelectMultiple,
                initial=[str(pk) for pk in stage.people] if stage else [],
            ),
            f"{role}_guests": forms.MultipleChoiceField(
                label=_("People outside"), required=False, choices=outside, widget=forms.CheckboxSelectMultiple,
                initial=[str(pk) for pk in stage.guests] if stage else [],
            ),
            f"{role}_quorum": forms.ChoiceField(
                label=_("How many say yes"), required=False, choices=ReviewStage.Quorum.choices,
                initial=stage.quorum if stage else ReviewStage.Quorum.ANY,
            ),
            f"{role}_decider": forms.ChoiceField(
                label=_("Decision maker"), required=False, choices=[("", _("all count alike")), *self.contacts.items()],
                initial=str(stage.decider) if stage and stage.decider else "",
                help_text=_("Only her or his word settles it; the others advise."),
            ),
        }  # fmt: skip

    def _fold_of(self, role: str, stages: dict[str, Stage], outside: list[Any]) -> list[Any]:
        names = [f"{role}_{part}" for part in ("people", "guests", "quorum", "decider")]
        shown = [name for name in names if outside or not name.endswith("_guests")]
        title = _("Who exactly: %(who)s") % {"who": ReviewStage.Role(role).label}
        return folded(title, *shown, is_open=self._is_wrong(names) or (role in stages and role != ROLES[0]))

    def _is_wrong(self, names: Collection[str]) -> bool:
        return self.is_bound and any(name in self.errors for name in names)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("new_name")) != bool(data.get("new_email")) and "new_email" not in self.errors:
            self.add_error("new_email", ValidationError(_("Name and e-mail belong together."), code="half"))
        if data.get("new_email") and not data.get("new_role"):
            self.add_error("new_role", ValidationError(_("Say as who she or he says yes."), code="half"))
        for role in data.get("roles", ()):
            named = data.get(f"{role}_people") or data.get(f"{role}_guests") or data.get(f"{role}_decider")
            named = named or (data.get("new_email") and data.get("new_role") == role)
            if role != ReviewStage.Role.COORDINATOR and not named:
                self.add_error(f"{role}_people", ValidationError(_("Say who says yes here."), code="nobody"))
        return data

    def newcomer(self) -> Guest | None:
        """Somebody outside who was not known yet."""
        data = self.cleaned_data
        return Guest(data["new_name"], data["new_email"]) if data["new_email"] else None

    def stages(self, newcomer: Contact | None = None) -> list[Stage]:
        """The stages as they were chosen, in their order, the newcomer at hers."""
        data = self.cleaned_data
        if newcomer is not None:
            role = data["new_role"]
            data[f"{role}_guests"] = [*data[f"{role}_guests"], str(newcomer.pk)]
            data["roles"] = [*data["roles"], role]
        return [_stage(number, role, data) for number, role in enumerate((r for r in ROLES if r in data["roles"]), 1)]


ROUNDS = (
    side_by_side("max_rounds", "extra_round_fee"),
    side_by_side("first_pass_hours", "sla_hours", "calendar"),
    side_by_side("creator_turnaround_days", "auto_approve"),
)
SOMEBODY = (side_by_side("new_name", "new_email", "new_role"),)
REST = (side_by_side("concept_first", "concept_days"), side_by_side("musts_cite", "live_days"))


def _stage(number: int, role: str, data: dict[str, Any]) -> Stage:
    people, guests = ({int(pk) for pk in data[f"{role}_{name}"]} for name in ("people", "guests"))
    decider = int(data[f"{role}_decider"]) if data[f"{role}_decider"] else None
    quorum = data[f"{role}_quorum"] or ReviewStage.Quorum.ANY.value
    return Stage(number, role, quorum, tuple(sorted(people)), tuple(sorted(guests)), decider)
