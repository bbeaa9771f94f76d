"""Sending: claim due messages under a lease, ask again whether each is still true, hand them over one by one.

A message that was claimed but not started is known not to have left when its lease ends; one that was started is in
doubt. So at most one message for each killed sender is in doubt, and it says so.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Sequence

import structlog
from django.conf import settings
from django.db import transaction

from crm.base.models import Organisation
from crm.outbox import reasons, story
from crm.outbox.backoff import next_try
from crm.outbox.checks import tell_failed, tell_skipped
from crm.outbox.envelope import put_together
from crm.outbox.models import Email
from crm.outbox.provider_keys import is_forgotten, knows_again
from crm.outbox.sorting import Verdicts, sort_out
from crm.outbox.stamps import relaxed_commits, stamp
from crm.outbox.transports import Doubtful, Postponed, Refused, Transport, Unreachable, Unwritable, open_transport

log = structlog.get_logger(__name__)

Clock = Callable[[], dt.datetime]
FRESH_FOR = dt.timedelta(seconds=2)
LONGEST_RUN = dt.timedelta(minutes=4)


class LeaseLost(Exception):
    """Somebody else has these messages now: stop."""


def send_due(clock: Clock, *, batch_size: int | None = None) -> Counter[str]:
    """Send everything that is due, batch after batch; returns how many ended how.

    Safe to run any number of times at once. Ends early when the server is away, mail is paused, or after four minutes;
    the next tick goes on.
    """
    began_at = clock()
    report = reap(began_at)
    transport = open_transport()
    try:
        while clock() - began_at < LONGEST_RUN and not Organisation.load().mail_paused_at:
            batch = claim_batch(clock, batch_size or settings.OUTBOX_BATCH)
            if batch is None:
                break
            report += batch.send(transport)
            if batch.server_is_away:
                break
    finally:
        transport.close()
    return report


def reap(now: dt.datetime) -> Counter[str]:
    """Take back what a dead sender held: untouched messages wait again, started ones are in doubt."""
    report: Counter[str] = Counter()
    tokens = set()
    for email in Email.objects.lease_ended(now).select_related("contact")[:1000]:
        tokens.add(email.lease_token)
        if email.data_started_at is None:
            why = reasons.reason(reasons.KILLED_BEFORE)
            report["freed"] += Email.objects.filter(pk=email.pk).put_off(
                why, token=email.lease_token, send_at=now, now=now
            )
        else:
            report["in doubt"] += doubt(email, reasons.reason(reasons.KILLED), now, send_at=now)
    story.tell_missing(tokens)
    return report


def doubt(email: Email, why: str, now: dt.datetime, *, send_at: dt.datetime) -> int:
    """Nobody knows whether this one arrived: send it once more and say so, or leave it to a person.

    While the provider knows the message again by its key, asking once more does no harm, whoever would decide otherwise.
    """
    mine = Email.objects.filter(pk=email.pk)
    since = email.doubted_at or email.data_started_at or now
    if knows_again(email, since, send_at):
        return mine.send_again(why, token=email.lease_token, send_at=send_at, now=now, twice=False, doubted_at=since)
    if email.doubt == Email.Doubt.RESEND and not email.may_be_twice:
        return mine.send_again(why, token=email.lease_token, send_at=send_at, now=now)
    if email.may_be_twice:
        why = reasons.reason(reasons.DOUBTED_TWICE)
    with transaction.atomic():
        held = mine.hold(why, token=email.lease_token, now=now)
        if held:
            email.state, email.why = Email.State.UNKNOWN, why
            tell_failed(email, now)
    return held


def claim_batch(clock: Clock, size: int) -> "Batch | None":
    """The next due messages, most urgent first, or None when nothing is due."""
    now, token = clock(), str(uuid.uuid4())
    emails = Email.objects.claim(size, token=token, now=now, until=now + lease())
    return Batch(emails, token, clock) if emails else None


def lease() -> dt.timedelta:
    """How long a sender may be silent: never shorter than the slowest server may take for one message."""
    return dt.timedelta(seconds=max(settings.OUTBOX_LEASE_SECONDS, 6 * settings.EMAIL_TIMEOUT))


class Batch:
    """Messages one sender holds, handed over in order."""

    def __init__(self, emails: Sequence[Email], token: str, clock: Clock) -> None:
        self.emails = list(emails)
        self.token = token
        self.clock = clock
        self.report: Counter[str] = Counter()
        self.taken: Email | None = None
        self.told: list[Email] = []
        self.verdicts = Verdicts()
        self.held_until = clock() + lease()
        self.server_is_away = False

    def send(self, transport: Transport) -> Counter[str]:
        """Hand over the batch. One failing message never stops the others; a lost lease does."""
        try:
            with relaxed_commits():
                for position, email in enumerate(self.emails):
                    if self.server_is_away:
                        break
                    self._hold_on()
                    self._look_again(self.emails[position:])
                    self._send_one(email, transport)
        except LeaseLost:
            log.warning("lease_lost", token=self.token)
        except BaseException:
            self._return_untouched()
            raise
        finally:
            self._finish()
        return self.report

    def _hold_on(self) -> None:
        """Renew the lease when half of it is gone."""
        now = self.clock()
        if self.held_until - now < lease() / 2:
            self.held_until = now + lease()
            if not Email.objects.renew(token=self.token, until=self.held_until):
                raise LeaseLost

    def _look_again(self, rest: Sequence[Email]) -> None:
        """Ask what is still true of everything left, at most two seconds before it leaves."""
        now = self.clock()
        if self.verdicts.at is None or now - self.verdicts.at > FRESH_FOR:
            self.verdicts = sort_out(rest, now)

    def _send_one(self, email: Email, transport: Transport) -> None:
        if self._is_held_back(email):
            return
        try:
            envelope = put_together(email, self.clock(), self.verdicts.redirect_to)
        except Exception as error:
            log.exception("email_cannot_be_put_together", email=email.pk)
            self._put_off(email, reasons.reason(reasons.BROKEN, error=type(error).__name__))
            return
        try:
            transport.deliver(envelope, lambda: self._begin(email))
        except Unwritable as error:
            self._put_off(email, reasons.reason(reasons.BROKEN, error=error.answer))
        except Postponed as error:
            self._put_off(email, reasons.reason(reasons.SERVER_SAID, answer=error.answer))
        except Unreachable as error:
            self._server_went_away(email, error.answer)
        except Refused as error:
            self._refused(email, error)
        except Doubtful:
            self._in_doubt(email)
        else:
            email.sent_at = self.clock()
            self.taken = email

    def _is_held_back(self, email: Email) -> bool:
        """Whether this one must not leave now; then it is put where it belongs."""
        now, mine = self.clock(), Email.objects.filter(pk=email.pk)
        if email.pk in self.verdicts.refused:
            self._skip(email, self.verdicts.refused[email.pk], now)
        elif is_forgotten(email, now):
            self.report["in doubt"] += doubt(email, reasons.reason(reasons.CUT_OFF), now, send_at=now)
        elif email.pk in self.verdicts.later:
            self.report["later"] += mine.give_back(token=self.token, send_at=self.verdicts.later[email.pk], now=now)
        else:
            return False
        return True

    def _skip(self, email: Email, why: str, now: dt.datetime) -> None:
        with transaction.atomic():
            if Email.objects.filter(pk=email.pk).skip(why, token=self.token, now=now):
                tell_skipped({email.pk: why}, now)
                self.report["skipped"] += 1

    def _begin(self, email: Email) -> None:
        """The stamp before DATA: the message before was taken, this one starts. Stops when the lease is lost."""
        taken, self.taken = self.taken, None
        if self._stamp(email, taken):
            self._count_taken(taken)
            return
        self._settle(taken)
        if not self._stamp(email, None):
            raise LeaseLost

    def _stamp(self, email: Email, taken: Email | None) -> bool:
        return stamp(
            token=self.token,
            taken=taken.pk if taken else None,
            taken_at=taken.sent_at if taken else None,
            starting=email.pk,
            address=self.verdicts.redirect_to or email.contact.email,
            now=self.clock(),
        )

    def _settle(self, taken: Email | None) -> None:
        """Mark a taken message on its own, even when its lease has ended meanwhile."""
        if taken is None:
            return
        mine = Email.objects.filter(pk=taken.pk)
        if mine.answered(token=self.token, at=taken.sent_at or self.clock()) or mine.sent().exists():
            self._count_taken(taken)

    def _count_taken(self, taken: Email | None) -> None:
        if taken:
            self.report["sent"] += 1
            self.told.append(taken)

    def _put_off(self, email: Email, why: str) -> None:
        now, mine = self.clock(), Email.objects.filter(pk=email.pk)
        send_at = next_try(email.attempts, now)
        if send_at is None and email.doubted_at and not email.may_be_twice:
            self.report["in doubt"] += doubt(email, why, now, send_at=now)
            return
        if send_at is None:
            answer = reasons.in_words(why)
            self._give_up(email, reasons.reason(reasons.GAVE_UP, tries=email.attempts, answer=answer), now)
            return
        self.report["put off"] += mine.put_off(why, token=self.token, send_at=send_at, now=now)

    def _server_went_away(self, email: Email, answer: str) -> None:
        """No message can leave now: this try counts for the one at hand, the rest goes back untried."""
        self.server_is_away = True
        self._settle_last()
        self._put_off(email, reasons.reason(reasons.SERVER_AWAY, answer=answer))
        now = self.clock()
        wait = next_try(1, now) or now
        self.report["put off"] += Email.objects.all().give_back(token=self.token, send_at=wait, now=now)

    def _refused(self, email: Email, error: Refused) -> None:
        now = self.clock()
        if error.address_is_bad and not self.verdicts.redirect_to:
            email.contact.mark_bounced(error.answer, now)
        self._give_up(email, reasons.reason(reasons.SERVER_REFUSED, answer=error.answer), now)

    def _give_up(self, email: Email, why: str, now: dt.datetime) -> None:
        with transaction.atomic():
            if Email.objects.filter(pk=email.pk).give_up(why, token=self.token, now=now):
                email.state, email.why = Email.State.FAILED, why
                story.tell_failed(email, now)
                tell_failed(email, now)
                self.report["failed"] += 1

    def _in_doubt(self, email: Email) -> None:
        now = self.clock()
        send_at = next_try(email.attempts, now) or now
        self.report["in doubt"] += doubt(email, reasons.reason(reasons.CUT_OFF), now, send_at=send_at)

    def _return_untouched(self) -> None:
        """Something broke that is not about one message: what has not started need not wait for the lease to end."""
        now = self.clock()
        Email.objects.filter(data_started_at__isnull=True).give_back(token=self.token, send_at=now, now=now)

    def _settle_last(self) -> None:
        taken, self.taken = self.taken, None
        self._settle(taken)

    def _finish(self) -> None:
        """The last mark and the whole batch's lines in the story, in one transaction."""
        with transaction.atomic():
            self._settle_last()
            story.tell_sent(self.told)
