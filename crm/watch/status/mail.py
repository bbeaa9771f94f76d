"""Messages: what waits, what did not go through, and the mailbox answers come to."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import age, when_zone
from crm.base.models import Organisation
from crm.inbox.queries import mailbox_health
from crm.outbox.models import Email
from crm.outbox.reasons import in_words
from crm.watch import findings
from crm.watch.status.clockwork import Outcomes
from crm.watch.status.lines import BAD, LOOK, OFF, OK, Line


def lines(outcomes: Outcomes, now: dt.datetime) -> Iterator[Line]:
    house, found = Organisation.load(), {state: (count, first) for state, count, first in Email.objects.by_state()}
    yield _outbox(house, found.get(Email.State.QUEUED, (0, None)), outcomes, now)
    yield _doubtful(found)
    yield _reminders(house, now)
    yield _mailbox()


def _outbox(house: Organisation, waits: tuple[int, dt.datetime | None], outcomes: Outcomes, now: dt.datetime) -> Line:
    label, (count, first) = _("Outbox"), waits
    said = ngettext("%(count)s message waits.", "%(count)s messages wait.", count) % {"count": count}
    page = {"url": reverse("outbox"), "url_label": _("Outbox")}
    if house.mail_paused_at:
        since = _("Paused on %(when)s") % {"when": when_zone(house.mail_paused_at)}
        why = _("Outgoing mail is paused: %(why)s") % {"why": house.mail_paused_why}
        return Line("outbox", label, LOOK, f"{why} {said}", since, _("Look around, then let mail go on."), **page)
    sender = outcomes.get("sender")
    if sender and sender.why:
        since = _("Last well on %(when)s") % {"when": when_zone(sender.ok_at)} if sender.ok_at else ""
        todo = _("Look at what the mail server answered, and test the mail in the settings.")
        return Line("outbox", label, BAD, f"{in_words(sender.why)} {said}", since, todo, **page)
    if first and now - first > findings.OLDEST_BEAT:
        late = _("The oldest should have left %(time)s ago.") % {"time": age(first, now)}
        return Line("outbox", label, LOOK, f"{said} {late}", todo=_("Look at the clock and the workers first."), **page)
    return Line("outbox", label, OK, said if count else _("Nothing waits."))


def _doubtful(found: dict[str, tuple[int, dt.datetime | None]]) -> Line:
    failed, unclear = (found.get(state, (0, None))[0] for state in (Email.State.FAILED, Email.State.UNKNOWN))
    if not failed and not unclear:
        return Line("undelivered", _("Not delivered"), OK, _("Everything went through."))
    said = _("%(failed)s did not go through, %(unclear)s are unclear.") % {"failed": failed, "unclear": unclear}
    tab = "failed" if failed else "unclear"
    todo = _("Somebody decides about each: try again, or leave it.")
    return Line("undelivered", _("Not delivered"), LOOK, said, "", todo, f"{reverse('outbox')}?tab={tab}", _("Decide"))


def _reminders(house: Organisation, now: dt.datetime) -> Line:
    label, waits = _("Reminders"), findings.oldest_reminder(now)
    if waits is None:
        return Line("reminders", label, OK, _("None that should have left waits."))
    said = _("The oldest that should have left waits for %(time)s.") % {"time": age(now - waits, now)}
    if house.mail_paused_at:
        paused = _("Outgoing mail is paused.")
        return Line("reminders", label, OFF, f"{said} {paused}")
    late = waits > findings.OLDEST_REMINDER
    todo = _("Run manage.py tick on the server and read what it says.") if late else ""
    return Line("reminders", label, BAD if late else OK, said, todo=todo)


def _mailbox() -> Line:
    label, found = _("Mailbox"), mailbox_health()
    if not found.is_named:
        return Line("mailbox", label, OFF, _("None is named: answers go to colleagues."))
    since = _("Last read on %(when)s") % {"when": when_zone(found.read_at)} if found.read_at else ""
    if found.why:
        return Line(
            "mailbox", label, BAD, str(found.why), since, _("Look at IMAP_URL on the server."), reverse("inbox"), _("Received")
        )  # fmt: skip
    return Line(
        "mailbox",
        label,
        OK if found.read_at else LOOK,
        _("It is read.") if found.read_at else _("Not read yet."),
        since,
    )
