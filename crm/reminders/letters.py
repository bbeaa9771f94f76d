"""The words of reminders. To influencers: from a person, the ask first, then what we do and when; one button."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.outbox.kinds import EmailKind, declare
from crm.outbox.models import Email
from crm.reminders.wordings import ONCE_UP

NAMES: Mapping[str, Any] = {
    "greeting": _("how the brand addresses her"),
    "brand": _("the brand"),
    "campaign": _("the campaign"),
    "format": _("what it is: Reel, Story"),
    "thing": _("what she makes: your Reel"),
    "once_up": _("what we need once it is up: the address, or a screenshot of what disappears"),
    "due_day": _("the day, in words"),
    "due_short": _("the day, short"),
    "due_time": _("the day and hour, where she is"),
}
SAMPLE: Mapping[str, Any] = {
    "greeting": {"en": "Kirana", "id": "Kak Kirana"},
    "brand": "Lumi Skincare",
    "campaign": "Glow Up November",
    "format": "Reel",
    "thing": {"en": "your Reel", "id": "Reel kamu"},
    "once_up": ONCE_UP,
    "due_day": dt.date(2026, 11, 27),
    "due_short": {"en": "Fri 27 Nov", "id": "Jum 27 Nov"},
    "due_time": dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC),
}
STORY: Mapping[str, Any] = {**SAMPLE, "format": "Story", "thing": {"en": "your Story", "id": "Story kamu"}}
MORE_TIME = _("Need more time? That is fine, tell us here.")
OTHER_DAY = _("Need another day? That is fine, tell us here.")


def to_influencer(
    name: str, label: Any, button: Any, aside: Any = "", sample: Mapping[str, Any] = SAMPLE, line: Any = ""
) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=NAMES,
            sample=sample,
            mail_class=Email.MailClass.SERVICE,
            late={"page": "page"},
            button=button,
            button_to="page",
            aside=aside,
            for_reminders=True,
            line=line,
        )
    )


DRAFT_DUE = to_influencer(
    "draft_due",
    _("Draft: before the day"),
    _("Send the draft"),
    MORE_TIME,
    line=_("Send us the draft of %(thing)s by %(due_day)s."),
)
DRAFT_LATE = to_influencer(
    "draft_late",
    _("Draft: after the day"),
    _("Send the draft or a new day"),
    MORE_TIME,
    line=_("Send us the draft of %(thing)s, or a new day for it. It was planned for %(due_day)s."),
)
POST_SOON = to_influencer(
    "post_soon",
    _("Post: before the day"),
    _("Open your page"),
    OTHER_DAY,
    line=_("Post %(thing)s on %(due_day)s."),
)
POST_TODAY = to_influencer("post_today", _("Post: on the day"), _("It is posted"), OTHER_DAY)
POST_LATE = to_influencer(
    "post_late",
    _("Post: after the day"),
    _("It is posted"),
    OTHER_DAY,
    line=_("Tell us whether %(thing)s is up. It was planned for %(due_day)s."),
)
STORY_PROOF = to_influencer("story_proof", _("Screenshot of a story"), _("Send the screenshot"), sample=STORY)
LINK_MISSING = to_influencer(
    "link_missing",
    _("Address of a post"),
    _("Send the link"),
    line=_("Leave the link to %(thing)s from %(due_day)s on your page."),
)
DIGEST = declare(
    EmailKind(
        name="digest",
        label=_("Several things at once"),
        names={
            **{name: NAMES[name] for name in ("greeting", "brand", "campaign", "due_day", "due_short")},
            "lines": _("what is asked, line by line"),
            "count": _("how many things"),
        },
        sample={
            **SAMPLE,
            "count": 3,
            "lines": [
                {
                    "en": "Send us the draft of your Reel by Friday, 27 November.",
                    "id": "Kirim draft Reel kamu paling lambat Jumat, 27 November.",
                },
                {
                    "en": "Leave the link to your Post from Tuesday, 24 November on your page.",
                    "id": "Kirim link Post kamu dari Selasa, 24 November di halamanmu.",
                },
                {
                    "en": "Post your Story on Saturday, 28 November.",
                    "id": "Posting Story kamu pada Sabtu, 28 November.",
                },
            ],
        },
        mail_class=Email.MailClass.SERVICE,
        late={"page": "page"},
        button=_("Open your page"),
        button_to="page",
        aside=MORE_TIME,
    )
)

ESCALATION = declare(
    EmailKind(
        name="escalation",
        label=_("To a colleague: still open"),
        names={
            "person": _("the influencer"),
            "what": _("what is open"),
            "brand": _("the brand"),
            "due_day": _("the day, in words"),
            "due_short": _("the day, short"),
            "url": _("where it is settled"),
        },
        sample={
            "person": "Kirana Larasati",
            "what": {"en": "Draft of Reel", "id": "Draf Reel"},
            "brand": "Lumi Skincare",
            "due_day": dt.date(2026, 11, 27),
            "due_short": {"en": "Fri 27 Nov", "id": "Jum 27 Nov"},
            "url": "https://mitra.example/",
        },
        button=_("Open it"),
        button_to="url",
        from_a_person=False,
        for_reminders=True,
        line=_("%(person)s: %(what)s, %(due_day)s."),
    )
)
ESCALATIONS = declare(
    EmailKind(
        name="escalations",
        label=_("To a colleague: several things still open"),
        names={
            "brand": _("the brand"),
            "lines": _("what is open, line by line"),
            "count": _("how many things"),
            "due_short": _("the day, short"),
            "url": _("where it is settled"),
        },
        sample={
            "brand": "Lumi Skincare",
            "count": 2,
            "lines": [
                {
                    "en": "Kirana Larasati: Draft of Reel, Friday, 27 November.",
                    "id": "Kirana Larasati: Draft Reel, Jumat, 27 November.",
                },
                {
                    "en": "Sekar Ayu: Post of Story, Saturday, 28 November.",
                    "id": "Sekar Ayu: Posting Story, Sabtu, 28 November.",
                },
            ],
            "due_short": {"en": "Fri 27 Nov", "id": "Jum 27 Nov"},
            "url": "https://mitra.example/",
        },
        button=_("Open Today"),
        button_to="url",
        from_a_person=False,
    )
)
