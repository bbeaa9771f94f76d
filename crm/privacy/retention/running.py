"""One rule looked through on one day, some rows at a time: whoever is killed in the middle is gone on for by the next."""

import datetime as dt

import structlog
from django.db import OperationalError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.places import Outlived
from crm.privacy.models import RetentionRun
from crm.privacy.retention.rules import Keeping
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo
from crm.timeline.record import Actor, record

log = structlog.get_logger(__name__)

AT_ONCE = 500
ASKS_AGAIN = dt.timedelta(days=30)
OUTLIVED = _("%(what)s: %(number)s kept for longer than %(days)s days. Look at them and decide.")


def follow(keeping: Keeping, on: dt.date, now: dt.datetime) -> int:
    """Take some of what this rule lets go on that day; how many went. What breaks is noted and tried again tomorrow."""
    run, _made = RetentionRun.objects.get_or_create(key=keeping.key, on=on, defaults={"started_at": now})
    try:
        with transaction.atomic():
            return _some(run.pk, keeping, now)
    except OperationalError:
        raise
    except Exception as error:
        log.exception("retention_broke", rule=keeping.key)
        trouble = f"{type(error).__name__}: {error}"[:300]
        RetentionRun.objects.filter(pk=run.pk).update(trouble=trouble, finished_at=now)
        return 0


def _some(run_pk: int, keeping: Keeping, now: dt.datetime) -> int:
    """The run's row is the lock: of two clocks at once the second finds what the first has left."""
    run = RetentionRun.objects.select_for_update(of=("self",)).get(pk=run_pk)
    if run.finished_at is not None:
        return 0
    outlived = keeping.outlived(run.started_at)
    if outlived is not None and keeping.asks(outlived):
        RetentionRun.objects.filter(pk=run.pk).update(asked=_ask(keeping, outlived, now), finished_at=now)
        return 0
    gone = take_some(outlived)
    finished_at = now if gone < AT_ONCE else None
    RetentionRun.objects.filter(pk=run.pk).update(gone=F("gone") + gone, finished_at=finished_at)
    return gone


def take_some(outlived: Outlived | None) -> int:
    """The oldest rows go, as many as one transaction bears."""
    if outlived is None or outlived.take is None:
        return 0
    pks = list(outlived.rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return outlived.take(pks) if pks else 0


def _ask(keeping: Keeping, outlived: Outlived, now: dt.datetime) -> int:
    """One line on Today for all of them, and not again for a while once somebody has settled it."""
    number, key = outlived.rows.count(), f"retention:{keeping.key}"
    if number and not Todo.objects.settled_since(now - ASKS_AGAIN, key).exists():
        leave_todo(
            key, OUTLIVED, language=Organisation.load().language, kind=Todo.Kind.CHECK, due_at=now,
            params={"what": keeping.label, "number": number, "days": keeping.days},
            url=reverse("privacy-retention-rule", args=[keeping.key]),
        )  # fmt: skip
    return number


def let_go(keeping: Keeping, *, by: Actor, now: dt.datetime) -> int:
    """A person said yes: some of what is older goes now, and the audit says who let it go; how many went."""
    with transaction.atomic():
        gone = take_some(keeping.outlived(now))
        if gone:
            sentence = _("Let go of %(number)s from “%(what)s”: kept for longer than %(days)s days")
            params = {"number": gone, "what": keeping.placed.words["label"], "days": keeping.days}
            record("retention.let_go", sentence, params=params, at=now, actor=by, subject=keeping.rule)
    return gone
