"""Writing what was judged: one statement per table for a whole batch, and one line per person in the story."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.bulk import remove, update
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.tables import BARRED, MAIN, update_alike
from crm.influencers.imports.taking_back.judging import Verdict
from crm.influencers.imports.verdicts import CONTACT_FIELDS
from crm.influencers.keys import name_keys
from crm.influencers.models import (
    ImportRow,
    ImportRun,
    Influencer,
    LookAlike,
    Merge,
    MetricSnapshot,
    Note,
    RateCard,
    Representation,
    SocialAccount,
)
from crm.influencers.models.keyed import KEYS
from crm.influencers.places import declared_bars
from crm.outbox.models import Contact
from crm.timeline.record import Actor, entry, record_about

Line = tuple[int, str, Mapping[str, tuple[Any, Any]]]
BARS = (True, False)
ON_CONTACT = (*CONTACT_FIELDS, "whatsapp")


class Removal:
    """Takes a judged batch back in the running transaction."""

    def __init__(self, run: ImportRun, reference: Reference, *, now: dt.datetime, actor: Actor) -> None:
        self._run, self._reference, self._now = run, reference, now
        params = {"file": run.file_name}
        self._told_removed = entry(
            "influencer.removed", _("Removed again with the import “%(file)s”"), at=now, actor=actor, params=params
        )
        self._told_back = entry(
            "influencer.taken_back", _("What “%(file)s” had brought was taken back"), at=now, actor=actor, params=params
        )

    def write(self, verdicts: Sequence[Verdict]) -> None:
        """Everything the verdicts say."""
        known = sorted({verdict.row.influencer_ref or 0 for verdict in verdicts if verdict.puts_back})
        gone = sorted({verdict.row.influencer_ref or 0 for verdict in verdicts if verdict.removes_person})
        self._withdraw(known)
        self._hand_back([*known, *gone])
        self._remove(verdicts)
        self._put_back(verdicts)
        self._recount(verdicts)
        self._sort(known)
        self._tell(verdicts)
        rows = [(one.row.pk, one.outcome, one.kept, self._now) for one in verdicts]
        update(ImportRow, ("outcome", "kept", "taken_back_at"), rows)

    def _withdraw(self, people: list[int]) -> None:
        """Figures stay on file and count no more."""
        mine = MetricSnapshot.objects.standing().filter(import_run=self._run, account__influencer_id__among=people)
        mine.update(withdrawn_at=self._now)

    def _hand_back(self, people: list[int]) -> None:
        """What other rooms keep of what the file said."""
        for placed in declared_bars.all():
            placed.call().take_back(self._run, people)

    def _remove(self, verdicts: Sequence[Verdict]) -> None:
        gone: dict[type[Any], list[int]] = defaultdict(list)
        for verdict in verdicts:
            for model, pks in verdict.removes.items():
                gone[model].extend(pks)
        through = Influencer.niches.through
        remove(through.objects.filter(influencer_id__among=gone[Influencer]))
        remove(through.objects.filter(pk__among=[pk for verdict in verdicts for pk in verdict.niches]))
        remove(MetricSnapshot.objects.filter(account_id__among=gone[SocialAccount]))
        remove(LookAlike.objects.filter(Q(lower_id__among=gone[Influencer]) | Q(higher_id__among=gone[Influencer])))
        remove(Merge.objects.filter(Q(stays_id__among=gone[Influencer]) | Q(goes_id__among=gone[Influencer])))
        for model in (RateCard, Note, SocialAccount):
            remove(model._base_manager.filter(pk__among=gone[model]))
        remove(Representation.objects.filter(contact_id__among=gone[Contact]))
        for model in (Contact, Influencer):
            remove(model._base_manager.filter(pk__among=gone[model]))

    def _put_back(self, verdicts: Sequence[Verdict]) -> None:
        people: dict[int, dict[str, Any]] = defaultdict(dict)
        contacts: dict[int, dict[str, Any]] = defaultdict(dict)
        for verdict in verdicts:
            if verdict.person is None or not verdict.puts_back:
                continue
            for name, (_now, old) in verdict.returns.items():
                if name in ON_CONTACT:
                    contacts[verdict.person.contact or 0][name] = old
                else:
                    people[verdict.row.influencer_ref or 0][name] = _stored(name, old)
            if "stage_name" in verdict.returns:
                name = verdict.returns["stage_name"][1]
                people[verdict.row.influencer_ref or 0] |= dict(zip(KEYS, (*name_keys(name), name), strict=True))
            if verdict.lifts:
                people[verdict.row.influencer_ref or 0] |= dict(zip(BARRED, (None, ""), strict=True))
        update_alike(Influencer, people, self._now)
        update_alike(Contact, contacts, self._now)

    def _recount(self, verdicts: Sequence[Verdict]) -> None:
        """Accounts whose count is still the import's go back to the newest count that stands."""
        before = {
            account: (followers, at)
            for verdict in verdicts
            if verdict.puts_back
            for account, followers, at in verdict.row.changed.get("recounted", ())
        }
        still = SocialAccount.objects.filter(pk__among=before, followers_at=self._run.counted_at)
        open_accounts = dict.fromkeys(still.values_list("pk", flat=True))
        counts = MetricSnapshot.objects.standing().filter(account_id__among=open_accounts, followers__isnull=False)
        newest = {
            account: (followers, at)
            for account, followers, at in counts.order_by("taken_at", "pk").values_list(
                "account_id", "followers", "taken_at"
            )
        }
        withdrawn = self._withdrawn(open_accounts)
        rows = [(pk, *(newest.get(pk) or _unless(before[pk], withdrawn.get(pk, set())))) for pk in open_accounts]
        update(SocialAccount, ("followers", "followers_at"), rows)

    def _withdrawn(self, accounts: dict[int, None]) -> dict[int, set[dt.datetime]]:
        found: dict[int, set[dt.datetime]] = defaultdict(set)
        taken = MetricSnapshot.objects.filter(account_id__among=accounts, withdrawn_at__isnull=False)
        for account, at in taken.values_list("account_id", "taken_at"):
            found[account].add(at)
        return found

    def _sort(self, people: list[int]) -> None:
        """The main account's facts on the person follow."""
        accounts = SocialAccount.objects.filter(influencer_id__among=people).largest_first()
        fields = ("influencer_id", "platform_id", "handle", "followers", "tier_override")
        main: dict[int, tuple[Any, ...]] = dict.fromkeys(people, (None, "", None, ""))
        for owner, platform, handle, followers, tier in reversed(list(accounts.values_list(*fields))):
            main[owner] = (platform, handle, followers, tier or self._reference.tier(followers))
        update(Influencer, MAIN, [(pk, *facts) for pk, facts in main.items()])

    def _tell(self, verdicts: Sequence[Verdict]) -> None:
        removed: dict[int, Line] = {}
        back: dict[int, Line] = {}
        for verdict in verdicts:
            pk = verdict.row.influencer_ref
            if verdict.person is None or pk is None:
                continue
            if verdict.removes_person:
                removed[pk] = (pk, verdict.person.name, {})
            elif verdict.puts_back and verdict.does_something:
                earlier = back[pk][2] if pk in back else {}
                changes = {**earlier, **verdict.returns}
                back[pk] = (pk, verdict.person.name, changes | ({"do_not_contact": BARS} if verdict.lifts else {}))
        record_about(self._told_removed, removed.values())
        record_about(self._told_back, [line for pk, line in back.items() if pk not in removed])


def _stored(name: str, value: str) -> Any:
    return (dt.date.fromisoformat(value) if value else None) if name == "birth_on" else value


def _unless(
    before: tuple[int | None, str | None], withdrawn: set[dt.datetime]
) -> tuple[int | None, dt.datetime | None]:
    """The count of before, unless that was withdrawn meanwhile."""
    at = dt.datetime.fromisoformat(before[1]) if before[1] else None
    return (None, None) if at is None or at in withdrawn else (before[0], at)
