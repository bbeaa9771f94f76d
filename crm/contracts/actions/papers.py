"""The signed paper: made once for each signed contract, kept, and sent to everybody who signed.

Signing never waits for it. Paper, letters and the line in the story are one transaction, so that a worker killed on the
way leaves nothing half done: the next look makes what is missing.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from crm.base.models import StoredFile
from crm.contracts.actions.drafting import tell
from crm.contracts.letters import SIGNED, SIGNED_HOUSE
from crm.contracts.models import Contract, Party, Signature
from crm.contracts.paper import write_paper
from crm.influencers.queries.mail import mail_routes
from crm.outbox.compose import enqueue
from crm.outbox.models import Contact, Email, EmailFile
from crm.reminders.tick import upkeep
from crm.reminders.wordings import greeting_for
from crm.timeline.record import SYSTEM, Actor, subject_of

log = structlog.get_logger(__name__)

AT_ONCE = 50
NEWS_FOR = dt.timedelta(days=14)
"""What was signed longer ago is no news: it gets its paper, and nobody a letter."""
ON_IT = ("document_id", "signed_at", "status", "stamp_serial", "stamp_on", "stamp_file_id")
"""What somebody may change while the paper is being written; the next look writes it as it is then."""
MADE = gettext_lazy("Contract %(contract)s: the signed paper is on file")
MADE_ANEW = gettext_lazy("Contract %(contract)s: the paper was written anew, with what came since")


@upkeep("contract_papers")
def make_papers(now: dt.datetime) -> Mapping[str, int]:
    """The paper of every signed contract that has none; one that cannot be made is told and keeps no other waiting."""
    report: Counter[str] = Counter()
    for pk in Contract.objects.without_paper().order_by("signed_at", "pk").values_list("pk", flat=True)[:AT_ONCE]:
        try:
            report["made"] += make_paper(pk, now)
        except Exception:
            log.exception("contract_paper_not_made", contract=pk)
            report["failed"] += 1
    return +report


def make_paper(pk: int, now: dt.datetime) -> bool:
    """Write, keep and send the paper of one contract. False when somebody else did so in the meantime."""
    seen = Contract.objects.with_paper().get(pk=pk)
    data = write_paper(seen)
    with transaction.atomic():
        held = Contract.objects.select_for_update(of=("self",)).select_related("brand", "owner__contact").get(pk=pk)
        if held.signed_at is None or any(getattr(held, name) != getattr(seen, name) for name in ON_IT):
            return False
        put_on_file(held, data, now, actor=SYSTEM)
        if seen.document_id is None and now - held.signed_at < NEWS_FOR:
            send_paper(held, now)
    return True


def put_on_file(contract: Contract, data: bytes, at: dt.datetime, *, actor: Actor) -> None:
    """Within a transaction: this is its paper from now on; the one before stays where it was sent."""
    sentence = MADE if contract.document_id is None else MADE_ANEW
    contract.document = keep_paper_of(contract, data)
    Contract.objects.filter(pk=contract.pk).update(document=contract.document, updated_at=at)
    tell(contract, "contract.papered", sentence, at=at, actor=actor, file=contract.document)


def label_of(contract: Contract) -> str:
    """What the file is called: in the contract's language, by its number."""
    with override(contract.language):
        name = _("Contract %(number)s") % {"number": contract.number.replace("/", "-")}
    return f"{name}.pdf"


def keep_paper_of(contract: Contract, data: bytes) -> StoredFile:
    """The paper in the room of files, under the contract's number."""
    return StoredFile.objects.create(
        file=ContentFile(data, name=f"contract-{contract.pk}.pdf"), label=label_of(contract), mime="application/pdf",
        size=len(data), sha256=hashlib.sha256(data).hexdigest(), uploaded_by="Mitra",
    )  # fmt: skip


def send_paper(contract: Contract, now: dt.datetime) -> None:
    """One letter to each contact who signed or gets contracts, and one to the owner, with the paper in it."""
    facts = {"title": contract.title, "number": contract.number, "brand": str(contract.brand)}
    form = {"form_of_address": contract.brand.form_of_address}
    for contact, person in receivers(contract, now):
        names = {**facts, "greeting": greeting_for(contact, form)}
        _send(contract, SIGNED.name, contact, names, now, person)
    owner = contract.owner.contact
    if owner is not None and contract.owner.is_active:
        people = ", ".join(party.name for party in contract.parties.talents())
        names = {**facts, "people": people, "url": settings.BASE_URL + reverse("contract", args=[contract.pk])}
        _send(contract, SIGNED_HOUSE.name, owner, names, now, None)


def _send(
    contract: Contract, name: str, to: Contact, names: Mapping[str, object], now: dt.datetime, person: int | None
) -> None:  # fmt: skip
    email = enqueue(
        name, to=to, key=f"contract_signed:{contract.pk}:{to.pk}", at=now, context=names, from_name=str(contract.brand),
        doubt=Email.Doubt.HOLD, brand_ref=contract.brand_id, influencer_ref=person, sender_ref=contract.owner_id,
        subject_refs=[subject_of(contract)],
    )  # fmt: skip
    if email is not None and contract.document is not None:
        EmailFile.objects.get_or_create(email=email, file=contract.document)


def receivers(contract: Contract, now: dt.datetime) -> list[tuple[Contact, int]]:
    """Who gets the paper, each once, and about whom: those who signed on their page, and those who get her contracts."""
    talents = list(contract.parties.talents().order_by("pk"))
    routes = mail_routes([party.influencer_id for party in talents if party.influencer_id], now)
    wanted: dict[int, int] = {}
    for party in talents:
        person = party.influencer_id or 0
        for contact in (*_who_signed(party), *routes.of(person, SIGNED.topic).everybody):
            wanted.setdefault(contact, person)
    contacts = Contact.objects.in_bulk(wanted)
    return [(contacts[pk], person) for pk, person in wanted.items()]


def _who_signed(party: Party) -> list[int]:
    signature = Signature.objects.filter(party=party).select_related("code__session__link").first()
    return [signature.code.session.link.contact_id] if signature is not None and signature.code else []
