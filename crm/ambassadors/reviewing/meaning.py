"""What each decision of a review does, said before anybody takes it, and where it leads next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealReview
from crm.contracts.models import Contract

Decision, Renewal = DealReview.Decision, Contract.Renewal
GOES_ON: dict[str, Any] = {
    Renewal.NONE: _("The next contract is drafted with the same terms."),
    Renewal.MANUAL: _("The next contract is drafted with the same terms."),
    Renewal.AUTO: _("It goes on by itself, and nobody is reminded about notice any more."),
    Renewal.OPTION: _("You are asked to use the option: without it, it ends."),
}
ENDS: dict[str, Any] = {
    Renewal.NONE: _("It ends on its last day by itself."),
    Renewal.MANUAL: _("It ends on its last day, and nobody is reminded to decide."),
    Renewal.AUTO: _("You are led to the page of the notice: without one it goes on."),
    Renewal.OPTION: _("The option is not used, and it ends on its last day."),
}
IMPROVES = _("Nothing changes yet. Whoever looks after it is still reminded of the last day.")
ON_THE_WAY: dict[str, Any] = {
    Decision.CONTINUE: _("Nothing changes."),
    Decision.UPGRADE: _("You are led to a change of the deal."),
    Decision.DOWNGRADE: _("You are led to a change of the deal."),
    Decision.IMPROVE: _("Nothing changes yet. It stands in the story."),
    Decision.END: _("You are led to the page of the notice."),
}


@dataclass(frozen=True)
class Meaning:
    """One decision with what it does."""

    decision: str
    does: Any

    @property
    def sentence(self) -> Any:
        return format_lazy("{label}: {does}", label=Decision(self.decision).label, does=self.does)


def meanings_of(review: DealReview, deal: AmbassadorDeal) -> Iterator[Meaning]:
    for decision in Decision:
        yield Meaning(decision, _does(review, deal.contract, decision))


def _does(review: DealReview, contract: Contract, decision: str) -> Any:
    if not review.is_about_the_end:
        return ON_THE_WAY[decision]
    if decision == Decision.IMPROVE:
        return IMPROVES
    if decision == Decision.END:
        return ENDS[contract.renewal]
    if decision == Decision.CONTINUE:
        return GOES_ON[contract.renewal]
    return format_lazy("{goes_on} {then}", goes_on=GOES_ON[contract.renewal], then=ON_THE_WAY[decision])


def next_page(review: DealReview, deal: AmbassadorDeal, renewal: Contract | None) -> str:
    """Where a decision leads."""
    contract = deal.contract
    if renewal is not None:
        return reverse("contract", args=[renewal.pk])
    ends_by_notice = contract.renewal == Renewal.AUTO or not review.is_about_the_end
    if review.decision == Decision.END and ends_by_notice:
        return reverse("contract-notice", args=[contract.pk])
    is_going_on = review.decision in (Decision.CONTINUE, Decision.UPGRADE, Decision.DOWNGRADE)
    if is_going_on and review.is_about_the_end and contract.renewal == Renewal.OPTION:
        return reverse("contract-notice", args=[contract.pk])
    if review.decision in (Decision.UPGRADE, Decision.DOWNGRADE):
        return _change_page(deal)
    return reverse("ambassador-deal", args=[deal.pk])


def _change_page(deal: AmbassadorDeal) -> str:
    try:
        return reverse("ambassador-change", args=[deal.pk])
    except NoReverseMatch:
        return reverse("contract-amend", args=[deal.contract_id])
