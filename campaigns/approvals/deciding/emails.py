"""What is written to those whose turn it is: a version waits for their word."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare

WAITS = declare(
    EmailKind(
        name="review_turn",
        label=_("To a colleague: a draft waits for an answer"),
        names={
            "person": _("the influencer"),
            "what": _("what is open"),
            "brand": _("the brand"),
            "campaign": _("the campaign"),
            "due_time": _("until when, with the hour"),
            "url": _("where it is settled"),
        },
        sample={
            "person": "Kirana Larasati",
            "what": {"en": "Look at the draft of Reel", "id": "Lihat draf Reel"},
            "brand": "Lumi Skincare",
            "campaign": "Glow Up November",
            "due_time": dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC),
            "url": "https://mitra.example/",
        },
        button=_("Look at it"),
        button_to="url",
        from_a_person=False,
        for_reminders=True,
        line=_("%(person)s: %(what)s, until %(due_time)s."),
    )
)
