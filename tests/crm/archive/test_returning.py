"""After coming back from a copy nothing leaves until somebody starts it."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from crm.archive.returning import RETURN, pause_after_return
from crm.base.models import Organisation
from crm.base.outcomes import Outcome
from crm.outbox.switches import resume_mail
from crm.team.models import User
from crm.timeline.models import Entry

BACK_AT = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
COPIED_AT = dt.datetime(2026, 11, 23, 19, 0, tzinfo=dt.UTC)


def test_mail_is_paused_with_the_reason_and_the_age_of_the_copy_is_kept(organisation: Organisation) -> None:
    Organisation.objects.update(language="en")
    pause_after_return(_("Not sent"), BACK_AT, copied_at=COPIED_AT)
    organisation.refresh_from_db()
    assert (organisation.mail_paused_at, organisation.mail_paused_why) == (BACK_AT, "Not sent")
    kept = Outcome.objects.get(name=RETURN)
    assert (kept.ok_at, kept.said) == (BACK_AT, {"copied_at": "2026-11-23T19:00:00+00:00"})
    assert list(Entry.objects.values_list("verb", "sentence_en")) == [
        ("outbox.paused", "Outgoing mail is paused: Not sent")
    ]


def test_the_reason_is_told_in_the_language_of_the_house(organisation: Organisation) -> None:
    Organisation.objects.update(language="id")
    pause_after_return(_("Not sent"), BACK_AT)
    organisation.refresh_from_db()
    assert organisation.mail_paused_why == "Tidak dikirim"


def test_a_pause_that_came_back_with_the_copy_is_told_anew(organisation: Organisation, owner: User) -> None:
    Organisation.objects.update(mail_paused_at=COPIED_AT, mail_paused_why="A rehearsal")
    pause_after_return("A restore", BACK_AT)
    organisation.refresh_from_db()
    assert (organisation.mail_paused_at, organisation.mail_paused_why) == (BACK_AT, "A restore")
    assert resume_mail(by=owner, at=BACK_AT) is True
    organisation.refresh_from_db()
    assert organisation.mail_paused_at is None


def test_a_long_reason_is_cut_instead_of_refused(organisation: Organisation) -> None:
    pause_after_return("x" * 300, BACK_AT)
    organisation.refresh_from_db()
    assert organisation.mail_paused_why == "x" * 200
