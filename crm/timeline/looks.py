"""How the lines of a story look: an icon and a tone for each verb, and the groups the audit filters by.

A verb nobody listed looks like its family (the word before the dot), an unknown family like a plain dot: a feature
need not come here to be told.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """An icon of the sprite and a tone (ok, warn, bad, info, accent or none)."""

    icon: str
    tone: str = ""


PLAIN = Look("dot")

FAMILIES: dict[str, Look] = {
    "influencer": Look("person"),
    "account": Look("at"),
    "contact": Look("person-lines-fill"),
    "snapshot": Look("graph-up"),
    "rate": Look("cash"),
    "address": Look("house"),
    "note": Look("sticky"),
    "audience": Look("people"),
    "reply_count": Look("chat-left-text"),
    "tag": Look("tag"),
    "attachment": Look("paperclip"),
    "outside_deal": Look("shop"),
    "contract": Look("file-earmark-text"),
    "deal": Look("person-heart"),
    "quota": Look("pie-chart"),
    "retainer": Look("cash-stack"),
    "payee": Look("wallet2"),
    "sale": Look("bag"),
    "order": Look("bag"),
    "result_file": Look("file-earmark-arrow-up"),
    "order_hook": Look("link-45deg"),
    "cost": Look("cash"),
    "confounder": Look("exclamation-circle"),
    "brand_lift": Look("graph-up"),
    "perk": Look("gift"),
    "notice": Look("envelope-exclamation"),
    "program": Look("layers"),
    "prospect": Look("stars"),
    "clause": Look("lock"),
    "finding": Look("shield-exclamation"),
    "case": Look("shield-exclamation"),
    "vetting": Look("shield-check"),
    "import": Look("upload"),
    "brand": Look("tag"),
    "campaign": Look("megaphone"),
    "brief": Look("journal-text"),
    "check": Look("shield-check"),
    "collaboration": Look("kanban"),
    "deliverable": Look("camera"),
    "post": Look("send-check"),
    "deviation": Look("exclamation-circle", "warn"),
    "numbers": Look("graph-up"),
    "code": Look("tag"),
    "tracked_link": Look("link-45deg"),
    "votes": Look("ui-checks"),
    "offer": Look("envelope-check"),
    "version": Look("file-earmark-arrow-up"),
    "review": Look("eye"),
    "policy": Look("sliders"),
    "sample": Look("gift"),
    "parcel": Look("box-seam"),
    "return": Look("arrow-return-left"),
    "event": Look("calendar-event"),
    "report": Look("graph-up"),
    "stock": Look("archive"),
    "email": Look("envelope"),
    "message": Look("envelope"),
    "message_template": Look("envelope"),
    "reminder": Look("bell"),
    "consent": Look("hand-thumbs-up"),
    "wish": Look("sliders"),
    "talk": Look("chat-left-text"),
    "todo": Look("check2-square"),
    "link": Look("link-45deg"),
    "portal": Look("chat-left-text"),
    "team": Look("person-badge"),
    "settings": Look("sliders"),
    "admin": Look("tools"),
}

VERBS: dict[str, Look] = {
    "prospect.noted": Look("stars", "info"),
    "prospect.taken": Look("person-heart", "ok"),
    "prospect.dropped": Look("x-circle"),
    "influencer.added": Look("person-plus", "info"),
    "influencer.imported": Look("upload", "info"),
    "influencer.removed": Look("arrow-counterclockwise"),
    "influencer.taken_back": Look("arrow-counterclockwise"),
    "influencer.archived": Look("archive"),
    "influencer.restored": Look("arrow-counterclockwise"),
    "influencer.do_not_contact": Look("ban", "bad"),
    "influencer.may_contact": Look("check-lg", "ok"),
    "influencer.days_off": Look("calendar-x"),
    "influencer.assigned": Look("person-check"),
    "vetting.failed": Look("shield-x", "bad"),
    "vetting.override": Look("unlock", "warn"),
    "vetting.rated": Look("star"),
    "vetting.cleared": Look("shield-check", "ok"),
    "contact.news_off": Look("bell-slash"),
    "contact.bounced": Look("envelope-x", "bad"),
    "contact.works": Look("envelope-check", "ok"),
    "consent.given": Look("hand-thumbs-up", "ok"),
    "consent.taken_back": Look("bell-slash", "warn"),
    "collaboration.added": Look("plus-lg", "info"),
    "collaboration.ambassador": Look("person-heart", "ok"),
    "collaboration.moved": Look("arrow-right"),
    "collaboration.paused": Look("pause", "warn"),
    "deliverable.planned": Look("calendar-plus"),
    "deliverable.rescheduled": Look("calendar-range", "warn"),
    "deliverable.waits": Look("box-seam"),
    "deliverable.delayed": Look("calendar-range", "warn"),
    "deliverable.too_late": Look("exclamation-circle", "bad"),
    "deliverable.submitted": Look("file-earmark-arrow-up", "info"),
    "deliverable.approved": Look("patch-check", "ok"),
    "deliverable.changes": Look("pencil-square", "warn"),
    "deliverable.published": Look("send-check", "ok"),
    "deliverable.dropped": Look("x-circle"),
    "post.verified": Look("patch-check", "ok"),
    "post.stayed": Look("check-all", "ok"),
    "post.removed": Look("x-circle", "bad"),
    "deviation.closed": Look("check2"),
    "payee.account_entered": Look("bank", "warn"),
    "payee.account_confirmed": Look("telephone", "ok"),
    "payee.account_refused": Look("bank", "bad"),
    "payee.revealed": Look("eye", "warn"),
    "numbers.withdrawn": Look("arrow-counterclockwise", "warn"),
    "review.approved": Look("patch-check", "ok"),
    "review.by_itself": Look("patch-check", "warn"),
    "review.changes": Look("pencil-square", "warn"),
    "review.rejected": Look("x-circle", "bad"),
    "review.withdrawn": Look("arrow-counterclockwise"),
    "review.late": Look("hourglass-split", "bad"),
    "clause.active": Look("lock-fill", "warn"),
    "clause.waived": Look("unlock", "warn"),
    "clause.ended": Look("unlock", "ok"),
    "finding.waived": Look("shield-check", "warn"),
    "case.confirmed": Look("shield-exclamation", "bad"),
    "case.cured": Look("shield-check", "ok"),
    "case.remedied": Look("shield-check", "ok"),
    "case.terminated": Look("x-circle", "bad"),
    "quota.posted": Look("send-check", "ok"),
    "quota.taken_back": Look("arrow-counterclockwise", "warn"),
    "quota.waived": Look("hand-thumbs-up"),
    "quota.closed": Look("check2-square", "ok"),
    "campaign.live": Look("broadcast", "ok"),
    "campaign.standing": Look("arrow-repeat", "ok"),
    "campaign.paused": Look("pause", "warn"),
    "campaign.wrapped": Look("check-all", "ok"),
    "campaign.cancelled": Look("x-circle", "bad"),
    "campaign.weights": Look("sliders"),
    "email.sent": Look("envelope-check", "accent"),
    "email.failed": Look("envelope-x", "bad"),
    "email.retried": Look("arrow-clockwise"),
    "email.resent": Look("arrow-clockwise", "warn"),
    "email.called_off": Look("envelope-slash"),
    "email.received": Look("reply", "info"),
    "email.auto_reply": Look("robot"),
    "email.bounced": Look("envelope-x", "bad"),
    "email.delayed": Look("hourglass-split"),
    "email.unmatched": Look("inbox", "warn"),
    "reminder.held": Look("hourglass-split"),
    "email.handed_over": Look("whatsapp", "accent"),
    "email.made_way": Look("envelope-slash"),
    "email.taken_back": Look("arrow-counterclockwise"),
    "email.taken_again": Look("whatsapp"),
    "todo.done": Look("check2-all", "ok"),
    "team.deactivated": Look("person-slash", "warn"),
    "team.role_changed": Look("key", "warn"),
    "team.invited": Look("person-plus", "info"),
    "team.leave": Look("calendar-x", "info"),
    "team.back": Look("person-check", "ok"),
    "team.handed_over": Look("arrow-right", "info"),
    "team.handed_back": Look("arrow-counterclockwise", "warn"),
    "team.handed": Look("arrow-right"),
    "team.joined": Look("person-check", "ok"),
}

CHANNELS: dict[str, str] = {
    "email": "envelope",
    "whatsapp": "whatsapp",
    "call": "telephone",
    "dm": "chat-dots",
    "meeting": "people",
}
"""The icon of the way something was told."""

FACTS = ("attachment", "audience", "tag", "outside_deal", "reply_count")

GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "people": (
        _("People"),
        ("influencer", "account", "contact", "snapshot", "rate", "address", "note", "import", "vetting", *FACTS),
    ),
    "campaigns": (
        _("Campaigns"),
        (
            *("campaign", "collaboration", "deliverable", "brand", "clause", "finding", "case", "contract", "brief"),
            *("code", "tracked_link", "votes", "offer", "sample", "parcel", "stock", "return", "event"),
            *("post", "deviation", "check", "review", "version", "policy", "numbers", "report"),
            *("order", "result_file", "order_hook", "cost", "confounder", "brand_lift"),
        ),
    ),
    "money": (_("Money"), ("payee",)),
    "ambassadors": (
        _("Ambassadors"),
        ("deal", "quota", "retainer", "sale", "perk", "notice", "program", "prospect"),
    ),
    "messages": (
        _("Messages and reminders"),
        ("email", "message", "message_template", "reminder", "talk", "link", "portal", "consent", "wish"),
    ),
    "tasks": (_("Tasks"), ("todo",)),
    "house": (_("Team and settings"), ("team", "settings", "admin", "rule", "wording", "file")),
}


def look_of(verb: str) -> Look:
    """How a line with this verb looks."""
    return VERBS.get(verb) or FAMILIES.get(verb.partition(".")[0], PLAIN)
