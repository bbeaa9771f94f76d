"""Writing a brief: a draft that nobody overwrites unseen, and its release as the next version."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.briefs.content import FIELDS, Content, content_of
from campaigns.briefs.diff import Difference, differences, suggested_change
from campaigns.briefs.models import Brief, BriefItem, BriefReference, BriefVersion
from campaigns.briefs.places import brief_released
from campaigns.briefs.queries import State, checks_of, state_of
from campaigns.planning.models import Campaign
from campaigns.planning.models.told import Refused, ring_after_commit
from crm.timeline.edits import ChangedMeanwhile
from crm.timeline.models import Entry
from crm.timeline.record import Actor, record

Change = BriefVersion.Change
SHOWN = 200


class Meanwhile(Exception):
    """Somebody else saved or released while the form was open; nothing was written. `state` is what stands now."""

    def __init__(self, state: State, seen: str) -> None:
        self.state = state
        super().__init__(_told(state, seen))


def _told(state: State, seen: str) -> str:
    pk, _sign, moment = seen.partition("@")
    if state.draft is not None and pk == str(state.draft.pk) and moment:
        try:
            return str(ChangedMeanwhile(state.draft, dt.datetime.fromisoformat(moment)))
        except ValueError:
            return str(SAVED_MEANWHILE)
    if state.draft is None and state.last is not None:
        return _(
            "Version %(n)d was released while this form was open. What you typed is still here: compare it, then save to "
            "make it the next draft."
        ) % {"n": state.last.number}
    return str(SAVED_MEANWHILE)


def save_draft(campaign: Campaign, content: Content, *, seen: str, at: dt.datetime, actor: Actor) -> BriefVersion:
    """Begin the draft or save what differs. Raises Meanwhile when the brief is no longer what the form was opened on."""
    with transaction.atomic():
        state = _locked(campaign, seen)
        draft = state.draft or _begin(campaign, state)
        before = content_of(draft) if state.draft else Content(zone=campaign.zone)
        apart = differences(before, content)
        if state.draft is None or apart:
            _write(draft, content)
            _tell("brief.changed" if state.draft else "brief.begun", CHANGED if state.draft else BEGUN, draft, at, actor,
                  changes=_changes(apart))  # fmt: skip
    return draft


def _locked(campaign: Campaign, seen: str | None) -> State:
    """The brief, held until the end of the transaction, as it stands now."""
    brief, _made = Brief.objects.get_or_create(campaign=campaign)
    Brief.objects.select_for_update().get(pk=brief.pk)
    state = state_of(campaign)
    if seen is not None and state.token != seen:
        raise Meanwhile(state, seen)
    return state


def _begin(campaign: Campaign, state: State) -> BriefVersion:
    return BriefVersion(brief=Brief.objects.get(campaign=campaign), number=state.next_number)


def _write(draft: BriefVersion, content: Content) -> None:
    """The draft says this and nothing else."""
    blank = BriefVersion()
    for name in FIELDS:
        value = content.values.get(name)
        setattr(draft, name, getattr(blank, name) if value is None else value)
    draft.save()
    draft.items.all().delete()
    draft.references.all().delete()
    BriefItem.objects.bulk_create(
        BriefItem(version=draft, text=item.text, level=item.level, position=place * 10)
        for place, item in enumerate(content.items, 1)
    )
    BriefReference.objects.bulk_create(
        BriefReference(version=draft, url=row.url, note=row.note, file_id=row.file) for row in content.references
    )


def throw_away(campaign: Campaign, *, seen: str, at: dt.datetime, actor: Actor) -> None:
    """The draft is gone; what was released stays."""
    with transaction.atomic():
        state = _locked(campaign, seen)
        if state.draft is None:
            raise Meanwhile(state, seen)
        _tell("brief.thrown_away", THROWN_AWAY, state.draft, at, actor)
        state.draft.delete()


def release(
    draft: BriefVersion,
    *,
    seen: str,
    change: str,
    note: str = "",
    because: str = "",
    at: dt.datetime,
    actor: Actor,
) -> BriefVersion:
    """The draft becomes the version people are asked to accept, and stays as it is from then on.

    Raises Refused when it is impossible, or when something that must be asked again is called small without a reason;
    Meanwhile when somebody was faster.
    """
    campaign = draft.brief.campaign
    with transaction.atomic():
        state = state_of(campaign)
        if state.draft is None or state.token != seen:
            raise Meanwhile(state, seen)
        _check_possible(state.draft, campaign)
        because = _check_change(state, change, because)
        done = _compare_and_set(state.draft, {"change": change, "change_note": note}, at, actor)
        if not done:
            raise Meanwhile(state_of(campaign), seen)
        version = BriefVersion.objects.whole().get(pk=draft.pk)
        _tell("brief.released", RELEASED, version, at, actor, quote=because, changes={"change": ("", change)})
        for placed in brief_released.all():
            placed.call(version, at, actor)
        ring_after_commit()
    return version


def _check_possible(draft: BriefVersion, campaign: Campaign) -> None:
    blocks = [found for found in checks_of(draft, campaign) if found.is_block]
    if blocks:
        raise Refused(draft, " ".join(f"{found.text} {found.way_out}" for found in blocks))


def _check_change(state: State, change: str, because: str) -> str:
    """The reason for asking less than what changed asks for; empty where none is needed."""
    assert state.draft is not None
    former = content_of(state.last) if state.last else None
    must_ask = suggested_change(former, content_of(state.draft)) == Change.ASK_AGAIN
    if change != Change.SMALL or not must_ask or state.last is None:
        return ""
    if not because.strip():
        raise Refused(
            state.draft, _("People promised something that changed. Ask them again, or say why they need not.")
        )
    return because.strip()


def _compare_and_set(draft: BriefVersion, values: dict[str, Any], at: dt.datetime, actor: Actor) -> int:
    """One UPDATE that matches only the draft as it was read: of two at once, one wins."""
    unchanged = BriefVersion.objects.drafts().filter(pk=draft.pk, updated_at=draft.updated_at)
    return unchanged.update(released_at=at, released_by_id=actor.user_id, updated_at=at, **values)


def _changes(apart: list[Difference]) -> dict[str, tuple[str, str]]:
    """What differs, short enough for the story."""
    return {one.code: (_side(one, "new"), _side(one, "gone")) for one in apart}


def _side(one: Difference, without: str) -> str:
    """One side of a difference: everything but what stands on the other alone."""
    rows = [piece for row in one.rows if row.tone != without for piece in (*row.pieces,)] or list(one.pieces)
    glue = ", " if one.rows and all(len(row.pieces) == 1 for row in one.rows) else ""
    return glue.join(piece.text for piece in rows if piece.tone != without)[:SHOWN]


def _tell(verb: str, sentence: Any, version: BriefVersion, at: dt.datetime, actor: Actor, **told: Any) -> Entry:
    campaign = version.brief.campaign
    params = {"campaign": campaign, "n": version.number}
    return record(verb, sentence, params=params, at=at, actor=actor, subject=version, brand=campaign.brand_id, **told)


SAVED_MEANWHILE = gettext_lazy(
    "Somebody else saved this brief while the form was open. What you typed is still here: compare it, then save again to "
    "put yours in its place."
)
BEGUN = gettext_lazy("Began version %(n)s of the brief of %(campaign)s")
CHANGED = gettext_lazy("Changed the draft of version %(n)s of the brief of %(campaign)s")
THROWN_AWAY = gettext_lazy("Threw away the draft of version %(n)s of the brief of %(campaign)s")
RELEASED = gettext_lazy("Released version %(n)s of the brief of %(campaign)s")
