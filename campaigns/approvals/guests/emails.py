"""What is written about reviews: to her what became of a draft or an idea, to guests what waits for their yes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.guests.links import mint
from campaigns.approvals.guests.waiting import waiting_guests
from campaigns.approvals.models import Review, ReviewGuest
from crm.outbox.checks import refuse_sending
from crm.outbox.kinds import EmailKind, declare
from crm.outbox.late import late_field
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.reminders.letters import NAMES, SAMPLE

COMMON = ("greeting", "brand", "campaign", "thing")
ABOUT: Mapping[str, Any] = {
    **{name: NAMES[name] for name in COMMON},
    "heading": _("the subject: brand and thing, as short as a phone shows"),
}
WORDS: Mapping[str, Any] = {"words": _("what the reviewer wrote; may be empty")}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in COMMON},
    "heading": {"en": "Lumi Skincare: notes on your Reel", "id": "Lumi Skincare: catatan untuk Reel kamu"},
}
WORDS_TOLD: Mapping[str, Any] = {
    "words": {"en": "Thank you, this is close.", "id": "Makasih ya, tinggal sedikit lagi."}
}
NOTES: Mapping[str, Any] = {
    **ABOUT,
    **WORDS,
    "good": _("what is good, one line each"),
    "musts": _("what has to change, one line each"),
    "shoulds": _("what should change if she can, one line each"),
    "nices": _("what is up to her, one line each"),
    "new_day": _("until when the next draft is awaited, in a sentence; empty of an idea"),
}
NOTES_TOLD: Mapping[str, Any] = {
    **TOLD,
    **WORDS_TOLD,
    "good": {"en": ["At 0:14: lovely light."], "id": ["Di 0:14: cahayanya bagus banget."]},
    "musts": {
        "en": ["Picture 2, top right: show the whole bottle. (Brief: “The bottle is seen once”)"],
        "id": ["Foto 2, kanan atas: perlihatkan botolnya utuh. (Brief: “Botol terlihat sekali”)"],
    },
    "shoulds": {"en": ["“paling ampuh”: say it in your own words."], "id": ["“paling ampuh”: pakai kata-katamu sendiri."]},
    "nices": {"en": ["A shorter first sentence."], "id": ["Kalimat pertama lebih pendek."]},
    "new_day": {"en": "We look forward to the next one by Friday, 27 November.", "id": "Kami tunggu versi berikutnya sampai Jumat, 27 November, ya."},
}  # fmt: skip
YES: Mapping[str, Any] = {
    **ABOUT,
    **WORDS,
    "good": NOTES["good"],
    "nices": NOTES["nices"],
    "when": _("from when to when she posts, in a sentence; empty of an idea"),
    "label": _("a word about the platform's own label; empty of an idea"),
}
YES_TOLD: Mapping[str, Any] = {
    **TOLD,
    "words": {"en": "Lovely, thank you.", "id": "Cakep, makasih ya."},
    "heading": {"en": "Lumi Skincare: your Reel can go up", "id": "Lumi Skincare: Reel kamu siap tayang"},
    "good": NOTES_TOLD["good"],
    "nices": {"en": [], "id": []},
    "when": {
        "en": "You can post it on Friday, 27 November, not before 09:00 WIB.",
        "id": "Tayangnya Jumat, 27 November, jangan sebelum pukul 09.00 WIB, ya.",
    },
    "label": {
        "en": "Please switch on the platform's own label for paid partnerships.",
        "id": "Jangan lupa nyalakan label kerja sama berbayar di aplikasinya, ya.",
    },
}
ASK = _("A question, or something does not fit? Tell us there.")


def to_her(name: str, label: Any, button: Any, names: Mapping[str, Any], sample: Mapping[str, Any]) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=names,
            sample=sample,
            late={"page": "page"},
            button=button,
            button_to="page",
            aside=ASK,
        )
    )


CHANGES = to_her("draft_notes", _("Draft: our notes"), _("See the notes on your page"), NOTES, NOTES_TOLD)
APPROVED = to_her("draft_approved", _("Draft: it can go up"), _("Copy the caption from your page"), YES, YES_TOLD)
IDEA_NOTES = to_her(
    "idea_notes",
    _("Idea: our notes"),
    _("See the notes on your page"),
    NOTES,
    {
        **NOTES_TOLD,
        "heading": {"en": "Lumi Skincare: notes on your idea", "id": "Lumi Skincare: catatan untuk idemu"},
        "musts": {"en": ["Show the whole bottle once."], "id": ["Perlihatkan botolnya utuh sekali."]},
        "good": {"en": ["The morning routine."], "id": ["Rutinitas paginya."]},
        "new_day": {"en": "", "id": ""},
    },
)
IDEA_YES = to_her(
    "idea_approved",
    _("Idea: go ahead"),
    _("Open your page"),
    YES,
    {
        **YES_TOLD,
        "heading": {"en": "Lumi Skincare: we like your idea", "id": "Lumi Skincare: idemu oke banget"},
        "good": {"en": ["The morning routine."], "id": ["Rutinitas paginya."]},
        "when": {"en": "", "id": ""},
        "label": {"en": "", "id": ""},
    },
)
NOT_THIS_ONE = to_her(
    "draft_not_this_one",
    _("Draft or idea: not this one"),
    _("Open your page"),
    {**ABOUT, **WORDS, "good": NOTES["good"], "next": _("what comes next, in a sentence")},
    {
        **TOLD,
        "heading": {"en": "Lumi Skincare: about your Reel", "id": "Lumi Skincare: soal Reel kamu"},
        "words": {"en": "The scene looks too much like last month's.", "id": "Adegannya mirip sekali dengan bulan lalu."},
        "good": NOTES_TOLD["good"],
        "next": {
            "en": "We would love to see another one by Friday, 27 November.",
            "id": "Boleh coba yang lain sampai Jumat, 27 November?",
        },
    },
)  # fmt: skip
OF_STATUS: Mapping[tuple[str, str], EmailKind] = {
    ("draft", "changes"): CHANGES,
    ("draft", "approved"): APPROVED,
    ("draft", "rejected"): NOT_THIS_ONE,
    ("concept", "changes"): IDEA_NOTES,
    ("concept", "approved"): IDEA_YES,
    ("concept", "rejected"): NOT_THIS_ONE,
}
"""What is written to her, by what it was and what became of it; of anything else nothing."""

GUESTS: Mapping[str, Any] = {
    "brand": NAMES["brand"],
    "campaign": NAMES["campaign"],
    "count": _("how many things wait"),
    "things": _("what waits, one line each"),
    "until": _("until when, of what is due first"),
}
GUESTS_TOLD: Mapping[str, Any] = {
    "brand": SAMPLE["brand"],
    "campaign": SAMPLE["campaign"],
    "count": 2,
    "things": ["Kirana Larasati: Reel", "Sekar Ayu: Story"],
    "until": dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC),
}


def to_guests(name: str, label: Any, *, asked_for: bool = False) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=GUESTS,
            sample=GUESTS_TOLD,
            late={"page": "review_guest"},
            button=_("Look at them"),
            button_to="page",
            asked_for=asked_for,
        )
    )


WAITS = to_guests("review_waits", _("To a guest of reviews: this waits for your yes"))
STILL_WAITS = to_guests("review_still_waits", _("To a guest of reviews: it is due today"))
LINK = declare(
    EmailKind(
        name="review_link",
        label=_("To a guest of reviews: a new link"),
        names={name: GUESTS[name] for name in ("brand", "campaign")},
        sample={name: GUESTS_TOLD[name] for name in ("brand", "campaign")},
        late={"page": "review_guest"},
        button=_("Open my page"),
        button_to="page",
        asked_for=True,
    )
)
NO_MORE = _("It was decided meanwhile, or the link was taken back.")
OTHERWISE = _("It was decided otherwise meanwhile.")


@late_field("review_guest")
def link_to_reviews(email: Email, params: dict[str, Any]) -> str:
    """A link of its own on every try; those before it go on working."""
    return mint(ReviewGuest.objects.get(pk=params["guest"]))


@refuse_sending("review_guests")
def about_what_waits_no_more(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """Guests are not asked for a yes where none is missing; a link they asked for leaves while it opens."""
    asked = {
        email.pk: email.late_fields["review_guest"]["guest"] for email in emails if "review_guest" in email.late_fields
    }
    if not asked:
        return {}
    waits = waiting_guests().filter(pk__in=asked.values()).values_list("pk", flat=True)
    opens = ReviewGuest.objects.opening().filter(pk__in=asked.values()).values_list("pk", flat=True)
    links = {email.pk for email in emails if email.name == LINK.name}
    fine = {True: set(opens), False: set(waits)}
    return {pk: reason(NO_MORE) for pk, guest in asked.items() if guest not in fine[pk in links]}


@refuse_sending("reviews")
def about_other_decisions(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """A letter about a decision that does not stand any more when it is about to leave."""
    names = {kind.name for kind in OF_STATUS.values()}
    asked = {email.pk: (_review_in(email), email.name) for email in emails if email.name in names}
    if not asked:
        return {}
    rows = Review.objects.filter(pk__in={pk for pk, _name in asked.values()}).values_list(
        "pk", "version__stage", "status"
    )
    stands = {pk: OF_STATUS[stage, status].name for pk, stage, status in rows if (stage, status) in OF_STATUS}
    return {pk: reason(OTHERWISE) for pk, (review, name) in asked.items() if stands.get(review) != name}


def _review_in(email: Email) -> int:
    return int(email.subject_refs[-1].rpartition(":")[2])
