"""Clear the demo, keep what was imported or written besides it."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction
from django.db.models.deletion import ProtectedError

from campaigns.approvals.models import (
    CheckResult,
    ContentAsset,
    ContentCaption,
    ContentVersion,
    Note,
    Review,
    ReviewDecision,
)
from campaigns.management.demo.forgetting import forget_deals
from campaigns.management.demo.letters import forget
from campaigns.management.demo.tills import forget_money
from campaigns.management.demo.wishes import forget_wishes
from campaigns.planning.models import Deliverable
from campaigns.samples.models import Shipment, ShipmentEvent, StockBatch, StockMovement
from crm.base.anchors import Anchor
from crm.base.files.letting_go import bytes_go
from crm.base.models import DemoRow, Organisation, StoredFile
from crm.contracts.models import Party, PromisedPost
from crm.exclusivity.models import CaseEvidence, Claim
from crm.intake.models import Intake
from crm.outbox.models import Contact, Email
from crm.reminders.models import Reminder, Todo
from crm.team.models import User
from crm.timeline.guards import erasing
from crm.timeline.models import Entry

ORDER = (
    "crm.inboundmail",
    "crm.todo",
    "crm.prospect",
    "crm.message",
    "crm.breachcase",
    "crm.clause",
    "campaigns.reportlink",
    "campaigns.reportsettings",
    "campaigns.order",
    "campaigns.orderhook",
    "campaigns.campaigncost",
    "campaigns.confounder",
    "campaigns.brandlift",
    "crm.signature",
    "crm.contract",
    "crm.intake",
    "campaigns.returnrequest",
    "campaigns.shipment",
    "campaigns.samplerequest",
    "campaigns.event",
    "campaigns.briefack",
    "campaigns.briefsending",
    "campaigns.vouchercode",
    "campaigns.offer",
    "campaigns.voteround",
    "campaigns.brief",
    "campaigns.approvalpolicy",
    "campaigns.deliverable",
    "campaigns.collaboration",
    "campaigns.campaign",
    "crm.program",
    "crm.influencer",
    "crm.tag",
    "crm.storedfile",
    "crm.bulkrun",
    "crm.savedview",
    "campaigns.stockbatch",
    "campaigns.stocklocation",
    "crm.productvariant",
    "crm.product",
    "crm.brand",
    "crm.brandowner",
    "crm.leave",
    "crm.user",
    "crm.contact",
)
"""Children before what they stand on."""


@dataclass(frozen=True)
class Cleared:
    """How many rows went, and how many stayed because something of yours stands on them."""

    gone: int
    kept: int


def clear() -> Cleared:
    """Take the season away in one transaction. A demo person you booked yourself stays, with her contact."""
    with transaction.atomic(), erasing("the demo was cleared"):
        forget_money(ids("crm.influencer"), ids("crm.contract"), ids("crm.payee"))
        gone, kept = forget_deals(ids("crm.ambassadordeal"))
        forget_messages(ids("crm.contact"))
        forget_files()
        forget_promises()
        people = apps.get_model("crm.influencer")._base_manager.filter(pk__in=ids("crm.influencer"))
        people.update(merged_into=None)  # who goes on as somebody would keep her from being taken away
        for label in ORDER:
            for row in ids(label):
                taken = take(apps.get_model(label), row)
                gone, kept = gone + taken, kept + (not taken)
        Entry.objects.filter(influencer_id__isnull=False).exclude(
            influencer_id__in=apps.get_model("crm.influencer").objects.values("pk")
        ).delete()
        forget_ledgers()
        DemoRow.objects.all().delete()
        close_house()
    return Cleared(gone, kept)


def forget_ledgers() -> None:
    """What was heard of parcels, the movements of batches, and the versions of drafts, that are gone."""
    ShipmentEvent.objects.exclude(shipment_id__in=Shipment.objects.values("pk")).delete()
    StockMovement.objects.exclude(batch_id__in=StockBatch.objects.values("pk")).delete()
    ContentVersion.objects.exclude(deliverable_id__in=Deliverable.objects.values("pk")).delete()
    for told in (Note, CheckResult, ReviewDecision, Review, ContentCaption, ContentAsset):
        told._default_manager.exclude(version_id__in=ContentVersion.objects.values("pk")).delete()


def ids(label: str) -> list[int]:
    """The newest first: what came later may stand on what was there."""
    return list(DemoRow.objects.filter(label=label).order_by("-row").values_list("row", flat=True))


def forget_messages(contacts: list[int]) -> None:
    """Messages to invented people are part of the demo."""
    forget(contacts)
    forget_wishes(contacts)
    Reminder.objects.filter(contact_id__in=contacts).delete()
    Email.objects.filter(contact_id__in=contacts).delete()
    Todo.objects.filter(influencer_ref__in=ids("crm.influencer")).delete()


def forget_promises() -> None:
    """What the demo's own deals claim, and what windows are counted from in them. Those of your deals stay."""
    work = {f"campaigns.deliverable:{pk}" for pk in ids("campaigns.deliverable")}
    agreed = ids("crm.contract")
    work |= {
        f"crm.promisedpost:{pk}" for pk in PromisedPost.objects.filter(contract__in=agreed).values_list("pk", flat=True)
    }
    deals = [f"campaigns.collaboration:{pk}" for pk in ids("campaigns.collaboration")]
    deals += [f"crm.party:{pk}" for pk in Party.objects.filter(contract__in=agreed).values_list("pk", flat=True)]
    Claim.objects.filter(source__in=work | {f"crm.clause:{pk}" for pk in ids("crm.clause")}).delete()
    CaseEvidence.objects.filter(case_id__in=ids("crm.breachcase")).delete()
    Anchor.objects.filter(work_ref__in=deals).delete()


def forget_files() -> None:
    """Files the demo brought in go with it, once everything else is gone for sure."""
    intakes = [run.file for run in Intake.objects.filter(pk__in=ids("crm.intake"))]
    kept = [stored.file for stored in StoredFile.objects.filter(pk__in=ids("crm.storedfile"))]
    bytes_go(intakes + kept)


def take(model: type[models.Model], row: int) -> bool:
    """Delete one row unless something of yours protects it; True when it is gone."""
    found = model._base_manager.filter(pk=row)
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        return False
    return True


def close_house() -> None:
    """Without colleagues the house is new again: the first-run page asks for its owner."""
    house = Organisation.load()
    house.is_demo = False
    if not User.objects.exists():
        house.opened_at = None
    house.save()
    Contact.objects.filter(kind=Contact.Kind.COLLEAGUE, colleague__isnull=True, emails__isnull=True).delete()
