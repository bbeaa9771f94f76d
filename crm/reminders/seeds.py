"""The reminder rules and caps a new installation starts with. Once a rule is edited, it and its steps are left alone."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext_noop

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.reminders.models import Cap, Recipient, Rule, RuleStep

INFLUENCER, COORDINATOR, MANAGER = Recipient.INFLUENCER, Recipient.COORDINATOR, Recipient.MANAGER
DAYS, HOURS = RuleStep.Unit.DAYS, RuleStep.Unit.HOURS


class Step(NamedTuple):
    offset: int
    recipient: Recipient
    email_name: str
    unit: RuleStep.Unit = DAYS
    moves: bool = True


class Chain(NamedTuple):
    code: str
    kind: str
    name: str
    stop_when: str
    steps: tuple[Step, ...]
    is_binding: bool = True
    series: str = ""  # what its messages take turns under; empty: the rule's own
    is_urgent: bool = False


CHAINS = (
    Chain(
        "DRAFT",
        "deliverable.draft",
        gettext_noop("Draft"),
        gettext_noop("the draft arrives"),
        (
            Step(-3, INFLUENCER, "draft_due"),
            Step(-1, INFLUENCER, "draft_due"),
            Step(0, INFLUENCER, "draft_due"),
            Step(1, INFLUENCER, "draft_late"),
            Step(2, COORDINATOR, "escalation"),
            Step(5, MANAGER, "escalation"),
        ),
    ),
    Chain(
        "POST",
        "deliverable.post",
        gettext_noop("Post"),
        gettext_noop("it is posted"),
        (
            Step(-3, INFLUENCER, "post_soon"),
            Step(-1, INFLUENCER, "post_soon"),
            Step(0, INFLUENCER, "post_today", moves=False),
            Step(1, INFLUENCER, "post_late"),
            Step(1, COORDINATOR, "escalation"),
            Step(3, MANAGER, "escalation"),
        ),
    ),
    Chain(
        "PROOF",
        "deliverable.proof",
        gettext_noop("Screenshot of what disappears"),
        gettext_noop("the screenshot arrives"),
        (
            Step(-18, INFLUENCER, "story_proof", HOURS, moves=False),
            Step(-4, INFLUENCER, "story_proof", HOURS, moves=False),
            Step(-3, COORDINATOR, "escalation", HOURS, moves=False),
        ),
    ),
    Chain(
        "LINK",
        "deliverable.link",
        gettext_noop("Address of the post"),
        gettext_noop("the address is stored"),
        (
            Step(1, INFLUENCER, "link_missing"),
            Step(2, INFLUENCER, "link_missing"),
            Step(3, COORDINATOR, "escalation"),
        ),
        is_binding=False,
    ),
)


CAPS = {Cap.Scope.ITEM: 3, Cap.Scope.DAY: 1, Cap.Scope.WEEK: 5, Cap.Scope.HOLD: 2}


@seed(Cap, "scope", "valid_from")
def caps() -> Iterator[Cap]:
    for scope, most in CAPS.items():
        yield Cap(scope=scope, most=most, source="Mitra", grade=Grade.HOUSE)


def rules_of(chains: Iterable[Chain]) -> Iterator[Rule]:
    """The rules a room starts with."""
    for chain in chains:
        yield Rule(
            code=chain.code,
            kind=chain.kind,
            name=chain.name,
            stop_when=chain.stop_when,
            series=chain.series or chain.code.lower(),
            is_binding=chain.is_binding,
            is_urgent=chain.is_urgent,
            grade=Grade.HOUSE,
        )


def steps_of(chains: Iterable[Chain]) -> Iterator[RuleStep]:
    """Their steps, as long as nobody edited the rule."""
    untouched = {rule.code: rule for rule in Rule.objects.filter(edited_at__isnull=True)}
    for chain in chains:
        for step in chain.steps if chain.code in untouched else ():
            yield RuleStep(
                rule=untouched[chain.code],
                offset=step.offset,
                unit=step.unit,
                recipient=step.recipient,
                email_name=step.email_name,
                moves_for_days_off=step.moves,
            )


def seed_chains(chains: Iterable[Chain]) -> None:
    """Lay these rules with their steps in every installation."""
    seed(Rule, "code")(lambda: rules_of(chains))
    seed(RuleStep, "rule", "offset", "unit", "recipient")(lambda: steps_of(chains))


seed_chains(CHAINS)
