"""What a run looks at while messages leave: who is handing one over, whom a dead sender left behind, when all is over."""

import time

SETTLED = 60  # seconds without any change


def handing_over() -> set[tuple[int, int]]:
    """Messages whose text a sender has begun to hand over, each with the number of its try."""
    from crm.outbox.models import Email

    started = Email.objects.filter(state=Email.State.SENDING, data_started_at__isnull=False)
    return set(started.values_list("pk", "attempts"))


def orphaned(longer_than: float) -> set[tuple[int, int]]:
    """Asked right after a death: what the same try is still handing over after longer than any answer may take."""
    before = handing_over()
    time.sleep(longer_than)
    return before & handing_over()


def wait_for_a_sender() -> None:
    """A death while nobody sends teaches nothing; but when nothing is left to send, go on."""
    from crm.outbox.models import Email

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and Email.objects.on_the_way().exists():
        if handing_over():
            return
        time.sleep(0.05)


def let_time_pass() -> None:
    """What waits for its next try waits no longer: an hour of back-off must not be an hour of test."""
    from django.utils import timezone

    from crm.outbox.models import Email

    now = timezone.now()
    Email.objects.waiting().filter(send_at__gt=now).update(send_at=now)


def let_it_finish(messages: int) -> None:
    """Until so many are there and all have left, or nothing moved for a minute."""
    from crm.outbox.models import Email
    from crm.reminders.models import Reminder

    last_moved, before = time.monotonic(), -1
    while time.monotonic() - last_moved < SETTLED:
        let_time_pass()
        waiting = Reminder.objects.queued().filter(email_name="draft_due", due_key__contains="/-3d/").count()
        left = waiting + Email.objects.on_the_way().count()
        if left == 0 and Email.objects.count() >= messages:
            return
        if left != before:
            last_moved, before = time.monotonic(), left
        time.sleep(1)
