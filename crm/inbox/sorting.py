"""What becomes of a mail that was taken in: delivered, noted, left in the tray or set aside. Never answered by itself."""

import datetime as dt

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.inbox import reasons
from crm.inbox.bounces import Failed, Report
from crm.inbox.delivering import deliver, known_of
from crm.inbox.matching import Match, match
from crm.inbox.models import InboundMail
from crm.inbox.ours import our_addresses
from crm.outbox.checks import tell_failed
from crm.outbox.models import Email
from crm.outbox.reasons import SERVER_SAID, reason
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused

log = structlog.get_logger(__name__)

KIND = InboundMail.Kind


def sort_in(mail: InboundMail, now: dt.datetime) -> None:
    """Put a new mail where it belongs. One that cannot be sorted goes to the tray and holds up no other."""
    try:
        with transaction.atomic():
            _sort(mail, now)
    except TransitionRefused:
        return  # Another reader was faster.
    except Exception as error:
        log.exception("inbound_mail_not_sorted", mail=mail.pk)
        fresh = InboundMail.objects.get(pk=mail.pk)
        fresh.leave_in_tray(reason(reasons.NOT_SORTED, error=type(error).__name__), by=SYSTEM, at=now)


def _sort(mail: InboundMail, now: dt.datetime) -> None:
    if mail.kind == KIND.UNREADABLE:
        mail.leave_in_tray(mail.why, by=SYSTEM, at=now)
    elif mail.kind == KIND.LOOP:
        mail.set_aside(reason(reasons.CIRCLE), by=SYSTEM, at=now)
    elif is_our_own(mail):
        mail.kind = KIND.LOOP
        mail.set_aside(reason(reasons.OUR_OWN), by=SYSTEM, at=now, kind=KIND.LOOP)
    elif mail.kind == KIND.BOUNCE:
        _came_back(mail, Report.from_facts(mail.facts["report"]), now)
    else:
        _concerns(mail, match(mail), now)


def is_our_own(mail: InboundMail) -> bool:
    """A message of ours in our own mailbox, or one from our own address; a report about one is neither."""
    if mail.message_id and Email.objects.filter(message_id=mail.message_id).exists():
        return True
    return mail.kind != KIND.BOUNCE and mail.from_address in our_addresses()


def _concerns(mail: InboundMail, found: Match, now: dt.datetime) -> None:
    if mail.kind == KIND.AUTO_REPLY:
        _note_machine(mail, found, now)
    elif found.influencer_id is None:
        mail.leave_in_tray(found.why, by=SYSTEM, at=now, **known_of(mail, found))
    else:
        deliver(mail, found, by=SYSTEM, at=now)


def _note_machine(mail: InboundMail, found: Match, now: dt.datetime) -> None:
    """An automatic reply is noted in the story of whom we know. No task, no hold."""
    if found.influencer_id is None:
        mail.set_aside(reason(reasons.MACHINE), by=SYSTEM, at=now, **known_of(mail, found))
        return
    columns = known_of(mail, found)
    plain, dated = _("Automatic reply from %(name)s"), _("Automatic reply from %(name)s, back on %(day)s")
    mail.file(
        by=SYSTEM,
        at=now,
        verb="email.auto_reply",
        sentence=dated if mail.back_on else plain,
        params={"name": found.influencer_label, "day": mail.back_on},
        quote=mail.text[:500],
        **columns,
    )


def _came_back(mail: InboundMail, report: Report, now: dt.datetime) -> None:
    """A report counts when it names a message of ours and the very recipient it went to: anybody can write a report."""
    emails = Email.objects.filter(message_id__in=report.names, sent_at__isnull=False).select_related("contact")
    by_recipient = {email.to_address.lower(): email for email in emails.order_by("pk")}
    pairs = [(one, by_recipient[one.address]) for one in report.failed if one.address in by_recipient]
    if not pairs:
        mail.leave_in_tray(reason(reasons.UNKNOWN_REPORT), by=SYSTEM, at=now)
        return
    failed, email = next((pair for pair in pairs if pair[0].is_bad_address), pairs[0])
    for one, about in pairs:
        _suppress(one, about, now)
    mail.influencer_ref, mail.brand_ref = email.influencer_ref, email.brand_ref
    final = _("“%(subject)s” to %(name)s came back: %(answer)s")
    later = _("“%(subject)s” has not reached %(name)s yet: %(answer)s")
    mail.file(
        by=SYSTEM,
        at=now,
        verb="email.bounced" if failed.is_final else "email.delayed",
        sentence=final if failed.is_final else later,
        params={"subject": email.subject, "name": email.contact.name, "answer": failed.said},
        parent=email,
        contact=email.contact,
        influencer_ref=email.influencer_ref,
        brand_ref=email.brand_ref,
        found_by=InboundMail.FoundBy.THREAD,
    )


def _suppress(failed: Failed, email: Email, now: dt.datetime) -> None:
    """Nothing is mailed to a dead address until somebody corrects it; one that was corrected meanwhile is left alone."""
    contact = email.contact
    if not failed.is_final or contact.email.lower() != failed.address:
        return
    if failed.is_bad_address:
        contact.mark_bounced(failed.said, now)
    email.why = reason(SERVER_SAID, answer=failed.said)
    tell_failed(email, now)
