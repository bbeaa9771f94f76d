"""Samples on her own page, before they leave: where they go and which one she would like, what she paid for one she bought.

A colleague settles the same as "told me", in the same forms.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from campaigns.planning.forms.answers import few_words
from campaigns.planning.models import Collaboration
from campaigns.planning.places import Part, her_part
from campaigns.planning.portal import HER_PAGE, in_words
from campaigns.samples.asking.addresses import NOT_AGREED, Goes, places_of
from campaigns.samples.asking.answers import DETAILS, Heard, goes_to, rather_not, still_right
from campaigns.samples.asking.asks import asks_of
from campaigns.samples.asking.bought import BoughtForm, bought
from campaigns.samples.asking.choosing import ChoiceForm, Question, WhereForm, asks_for
from campaigns.samples.models import SampleItem, SampleRequest
from campaigns.samples.stock.queries import Availability, availability
from crm.base.zones import local_date
from crm.brands.models import ProductVariant
from crm.influencers.models import Influencer
from crm.outbox.topics import Purpose
from crm.portal.registry import (
    Answer,
    AnswerRefused,
    Asking,
    PortalFeature,
    PortalTask,
    Told,
    offered,
    portal_task,
)
from crm.preferences.queries import current_text
from crm.timeline.transitions import TransitionRefused

FEATURE = "sample"
WHERE = _("Thank you, we know where it goes. You hear from us once it is on its way.")
NOT_WANTED = _("Thank you for telling us. Nothing is sent.")
BOUGHT = _("Thank you, your receipt is with us. You hear from us about the money.")
RIGHT, HER_RIGHT = _("Yes, this address is right"), _("Her address is still right")
PLACE, OTHER_PLACE = _("Give my address"), _("Another address")
HER_PLACE = _("Gave her address")


class NotWantedForm(ChoiceForm):
    """A gift she would rather not have needs no reason."""

    asked = Question({})
    note = few_words(_("Anything to add? (optional)"), required=False)


class Samples:
    """What waits for her before it can leave."""

    THANKS = {"right": WHERE, "where": WHERE, "no_thanks": NOT_WANTED, "bought": BOUGHT}

    def open(self, asking: Asking) -> Sequence[PortalTask]:
        return tasks_of(asking)

    def settle(self, asking: Asking, task: PortalTask, told: Told) -> None:
        request = waiting_rows(asking).filter(pk=task.subject_id).first()
        if request is None:
            raise AnswerRefused(_("This is no longer asked for. Nothing was changed."))
        said = in_words(told)
        heard = Heard(told.at, told.actor, asking.contact, said["channel"], said["quote"], told.file)
        try:
            SETTLE[told.code](request, told, heard)
        except TransitionRefused as refused:
            raise AnswerRefused(str(refused)) from refused


@portal_task(FEATURE, order=14)
def samples() -> PortalFeature:
    return Samples()


def waiting_rows(asking: Asking) -> Any:
    """Hers, with this brand, that have not left and are not for a campaign that stopped."""
    rows = SampleRequest.objects.to_send().filter(influencer=asking.influencer_id)
    rows = rows.exclude(way=SampleRequest.Way.BY_HAND).exclude(collaboration__status="off")
    if asking.brand_id is not None:
        rows = rows.filter(brand=asking.brand_id)
    return rows.with_person().prefetch_related("items__product", "items__variant").order_by("needed_by_on", "pk")


def tasks_of(asking: Asking) -> list[PortalTask]:
    rows: list[SampleRequest] = list(waiting_rows(asking))
    if not rows:
        return []
    places, variants = places_of(rows, asking.now), variants_for(rows)
    made = (_task(row, asking, places[row.pk], variants) for row in rows)
    return [task for task in made if task is not None]


def variants_for(rows: Iterable[SampleRequest]) -> dict[int, list[ProductVariant]]:
    """What she may choose from for each line that waits for her: offered and, where the brand counts, there.

    Where nothing of it is left she says what she would like all the same; it leaves once there is some again.
    """
    lines = [(line, row) for row in rows for line in row.items.all() if line.waits_for_choice]
    if not lines:
        return {}
    variants = list(ProductVariant.objects.offered().filter(product__in={line.product_id for line, _row in lines}))
    counted = {line.product_id for line, row in lines if row.brand.counts_stock}
    there = availability(product_ids=counted) if counted else Availability()
    return {line.pk: _left_of(line, variants, there, counted) for line, _row in lines}


def _left_of(
    line: SampleItem, variants: Sequence[ProductVariant], there: Availability, counted: set[int]
) -> list[ProductVariant]:  # fmt: skip
    hers = [one for one in variants if one.product_id == line.product_id]
    if line.product_id not in counted:
        return hers
    return [one for one in hers if there.free(line.product_id, one.pk) >= line.quantity] or hers


def _task(
    row: SampleRequest, asking: Asking, goes: Goes, variants: dict[int, list[ProductVariant]]
) -> PortalTask | None:  # fmt: skip
    is_bought = row.way == SampleRequest.Way.BOUGHT
    lines = [line for line in row.items.all() if line.waits_for_choice and variants.get(line.pk)]
    if not is_bought and goes.is_good and not lines:
        return None
    card = row.collaboration
    told = [what_of(row)] if is_bought or goes.address is None else [what_of(row), place_of(goes)]
    return PortalTask(
        FEATURE,
        row.pk,
        _("What did you pay?") if is_bought else asks_of(goes, chooses=bool(lines)).question,
        _buys(row) if is_bought else _answers(row, asking, goes, {line: variants[line.pk] for line in lines}),
        brand_id=row.brand_id,
        due_on=row.needed_by_on,
        zone=card.campaign.zone if card is not None else row.influencer.zone,
        is_next=True,
        lines=told,
        campaign=card.campaign.name if card is not None else "",
        initial=known_of(row.influencer, goes),
        whole_page=HER_PAGE if card is not None else "",
        whole_id=card.pk if card is not None else 0,
    )


def _answers(
    row: SampleRequest, asking: Asking, goes: Goes, choices: dict[SampleItem, list[ProductVariant]]
) -> list[Answer]:  # fmt: skip
    """One press where everything is known; else one form for all of it."""
    is_hers = asking.contact is not None
    country = str((goes.address.country if goes.address else row.influencer.country) or "ID")
    asked = Question(choices, consent_words(row, asking, goes), country)
    found = []
    if goes.address is not None:
        found.append(
            Answer("right", RIGHT, HER_RIGHT, WHERE, asks_for(ChoiceForm, asked), True, "house-check", power="settle")
        )
    label = OTHER_PLACE if goes.address is not None else PLACE
    found.append(Answer("where", label, HER_PLACE, WHERE, asks_for(WhereForm, asked), not found, "house"))
    if row.is_gift:
        form = NotWantedForm if is_hers else None
        found.append(
            Answer("no_thanks", _("No, thank you"), _("Would rather not have it"), NOT_WANTED, form, icon="x-circle")
        )
    return found


def _buys(row: SampleRequest) -> list[Answer]:
    said = _("Has bought it")
    return [Answer("bought", _("Send the receipt"), said, BOUGHT, BoughtForm, True, "receipt")]


def consent_words(row: SampleRequest, asking: Asking, goes: Goes) -> str:
    """The words she agrees to, where she has not yet; a colleague reads them in the house's language."""
    if goes.address is not None and goes.why != NOT_AGREED:
        return ""
    text = current_text(Purpose.ADDRESS, local_date(asking.now, asking.zone))
    language = asking.contact.language if asking.contact is not None else row.brand.language
    return text.words(language) if text is not None else ""


def known_of(person: Influencer, goes: Goes) -> dict[str, Any]:
    """What the form begins with: the address on file, else her name."""
    if goes.address is None:
        return {"recipient": person.stage_name}
    return {name: getattr(goes.address, name) for name in DETAILS}


def _what(row: SampleRequest) -> str:
    return row.what


def _place(goes: Goes) -> str:
    address = goes.address
    return ", ".join([address.recipient, *address.lines]) if address is not None else ""


what_of, place_of = lazy(_what, str), lazy(_place, str)


def _right(request: SampleRequest, told: Told, heard: Heard) -> None:
    still_right(request, heard, agrees=bool(told.data.get("agrees")), choices=told.data["choices"])


def _where(request: SampleRequest, told: Told, heard: Heard) -> None:
    data = told.data
    goes_to(request, data, heard, only_once=data["only_once"], agrees=bool(data.get("agrees")), choices=data["choices"])


def _no_thanks(request: SampleRequest, told: Told, heard: Heard) -> None:
    rather_not(request, heard)


def _bought(request: SampleRequest, told: Told, heard: Heard) -> None:
    bought(request, told.data["amount"], told.data["day"], heard)


SETTLE: dict[str, Callable[[SampleRequest, Told, Heard], None]] = {
    "right": _right,
    "where": _where,
    "no_thanks": _no_thanks,
    "bought": _bought,
}


@her_part("sample", order=44)
def sample_part(card: Collaboration, asking: Asking) -> Part | None:
    """What she is to get for this campaign: what waits for her answer, and what is still to leave."""
    tasks = [offered(task, asking) for task in tasks_of(asking) if task.whole_id == card.pk]
    asked = {task.subject_id for task in tasks}
    rows = card.samples.to_send().prefetch_related("items__product", "items__variant").order_by("pk")
    rest = [row for row in rows if row.pk not in asked]
    return Part("campaigns/her/sample.html", {"rows": rest, "tasks": tasks}) if tasks or rest else None
