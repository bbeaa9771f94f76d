"""What can be taken back of a row, and why the rest stays. Pure: asks nobody."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from crm.influencers.imports.taking_back.bound import Made
from crm.influencers.imports.taking_back.standing import PERSON, Person, Reason, Standing, Written
from crm.influencers.imports.verdicts import CONTACT_FIELDS
from crm.influencers.models import ImportRow, Influencer, Note, RateCard, SocialAccount
from crm.outbox.models import Contact

Outcome = ImportRow.Outcome


@dataclass(slots=True)
class Verdict:
    """What becomes of a row: rows that go, values that return (as they are now and as they were), what stays and why."""

    row: Written
    outcome: str = Outcome.BACK
    person: Person | None = None
    removes: Made = field(default_factory=lambda: defaultdict(list))
    niches: list[int] = field(default_factory=list)
    returns: dict[str, tuple[str, str]] = field(default_factory=dict)
    lifts: bool = False
    kept: list[Reason] = field(default_factory=list)

    @property
    def removes_person(self) -> bool:
        return self.outcome == Outcome.REMOVED and self.person is not None

    @property
    def puts_back(self) -> bool:
        """Whether somebody who was known before gets something back."""
        return self.outcome in (Outcome.BACK, Outcome.PARTLY) and self.person is not None

    @property
    def does_something(self) -> bool:
        figures = any(self.row.facts.get("figures") or ())
        return bool(self.returns or self.lifts or self.niches or figures or any(self.removes.values()))


def judge(row: Written, standing: Standing) -> Verdict:
    """The verdict on one row. Earlier lines of the same person are judged after it, by what it leaves."""
    person = standing.people.get(row.influencer_ref or 0)
    is_new = row.verdict == ImportRow.Verdict.NEW
    if person is None:
        return Verdict(row, Outcome.REMOVED if is_new else Outcome.BACK)
    if person.merged_into:
        return Verdict(row, Outcome.KEPT, person, kept=[("merged", "")])
    verdict = Verdict(row, person=person)
    if is_new:
        _creation(verdict, person, standing)
    else:
        _changes(verdict, person, standing)
    return verdict


def _creation(verdict: Verdict, person: Person, standing: Standing) -> None:
    """Somebody the import made goes wholly, or not at all."""
    row, made = verdict.row, verdict.row.made
    if person.took_in:
        verdict.outcome, verdict.kept = Outcome.KEPT, [("merged", "")]
        return
    pk = made["influencer"]
    reasons = list(standing.reasons.get(pk, ()))
    reasons += [("held", label) for label in standing.held[Influencer].get(pk, ())]
    for model, one in _things(made):
        reasons += _why_not(model, one, row, standing)
    verdict.kept = list(dict.fromkeys(reasons))
    if verdict.kept:
        verdict.outcome = Outcome.KEPT
        return
    verdict.outcome = Outcome.REMOVED
    verdict.removes[Influencer].append(pk)
    for model, one in _things(made):
        verdict.removes[model].append(one)


def _things(made: dict[str, Any]) -> list[tuple[type[Any], int]]:
    """What hangs on a person: her contact, notes, accounts and price."""
    single = [(model, made[key]) for model, key in ((Contact, "contact"), (RateCard, "rate")) if key in made]
    notes = [(Note, pk) for pk in made.get("notes", ())]
    return [*single, *notes, *((SocialAccount, pk) for pk in made.get("accounts", ()))]


def _why_not(model: type[Any], pk: int, row: Written, standing: Standing) -> list[Reason]:
    """Why something the import made must stay; nothing when it may go, or is gone."""
    reasons = [("held", label) for label in standing.held[model].get(pk, ())]
    if model in standing.untouched and standing.untouched[model].get(pk) is False:
        reasons.append(("changed-thing", model._meta.label_lower))
    if model is SocialAccount and pk in standing.accounts and _account_changed(pk, row, standing):
        reasons.append(("changed-thing", model._meta.label_lower))
    if model is Contact and pk in standing.contacts and _contact_changed(pk, row, standing):
        reasons.append(("changed-thing", model._meta.label_lower))
    return reasons


def _account_changed(pk: int, row: Written, standing: Standing) -> bool:
    owner, platform, handle, tier = standing.accounts[pk]
    return owner != row.influencer_ref or bool(tier) or [platform, handle] not in row.facts.get("accounts", ())


def _contact_changed(pk: int, row: Written, standing: Standing) -> bool:
    now = standing.contacts[pk]
    return any(now[name].casefold() != str(row.facts.get(name, "")).casefold() for name in CONTACT_FIELDS)


def _changes(verdict: Verdict, person: Person, standing: Standing) -> None:
    """Of somebody known before, each part by itself."""
    for model, one in _things(verdict.row.made):
        reasons = _why_not(model, one, verdict.row, standing)
        verdict.kept += reasons
        if not reasons:
            verdict.removes[model].append(one)
    for name, (old, new) in verdict.row.changed.get("fields", {}).items():
        if name == "do_not_contact":
            _bar(verdict, person)
        elif name in PERSON:
            _field(verdict, person.values, name, old, new)
        elif "contact" not in verdict.row.made and person.contact:
            _field(verdict, standing.contacts[person.contact], name, old, new)
    _chat(verdict, person, standing)
    _niches(verdict, person)
    if verdict.kept:
        verdict.outcome = Outcome.PARTLY if verdict.does_something else Outcome.KEPT


def _field(verdict: Verdict, now: dict[str, str], name: str, old: str, new: str) -> None:
    """A value returns where it is still what the import wrote."""
    if now[name].casefold() == new.casefold():
        verdict.returns[name] = (now[name], old)
        now[name] = old
    elif now[name].casefold() != old.casefold():
        verdict.kept.append(("changed", name))


def _chat(verdict: Verdict, person: Person, standing: Standing) -> None:
    """The WhatsApp number came with the phone number and leaves with it."""
    if "whatsapp" in verdict.row.changed and person.contact and "phone" in verdict.returns:
        now, wrote = standing.contacts[person.contact], verdict.returns["phone"][0]
        if now["whatsapp"] == wrote:
            verdict.returns["whatsapp"] = (wrote, verdict.row.changed["whatsapp"])
            now["whatsapp"] = verdict.row.changed["whatsapp"]


def _bar(verdict: Verdict, person: Person) -> None:
    """Her wish to be left alone is lifted only while it is the import's own."""
    if person.barred_at is None:
        return
    why = next(iter(verdict.row.facts.get("notes", ())), "")[:200]
    if (person.barred_at, person.barred_until, person.barred_why) == (verdict.row.written_at, None, why):
        verdict.lifts, person.barred_at = True, None
    else:
        verdict.kept.append(("changed", "do_not_contact"))


def _niches(verdict: Verdict, person: Person) -> None:
    for slug in verdict.row.made.get("niches", ()):
        if slug not in person.niches:
            continue
        pk, niche = person.niches[slug]
        if niche == person.main_niche:
            verdict.kept.append(("main-niche", slug))
        else:
            verdict.niches.append(pk)
            del person.niches[slug]
