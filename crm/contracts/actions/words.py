"""The words of a contract: a template's version with its blanks filled, and frozen when the first outsider sees them."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from crm.base.formats import day_words, money_full
from crm.base.places import Place
from crm.base.text import marks_read, without_marks
from crm.contracts.actions.going_on_words import renewal_in_words
from crm.contracts.diff import changes_in_words
from crm.contracts.models import Contract, LibraryClause, PayLine, PromisedPost, UsageRight
from crm.contracts.works import refs_of
from crm.exclusivity.models import Clause
from crm.exclusivity.words import allowed_in_words, days_in_words, sentence_of
from crm.messages.blanks import filled, used_in, validate_blanks

contract_words: Place[Callable[[Contract], Mapping[str, Sequence[str]]]] = Place("contract_words")
"""`@contract_words("ambassadors")`: function(contract) -> {"posts": lines, "pay": lines, "changes": lines}, in the language
that is active: what another room keeps of a contract, so that what is signed says it. Each key may be missing."""

BLANKS: dict[str, object] = {
    "number": gettext_lazy("the contract's number"),
    "title": gettext_lazy("its title"),
    "brand": gettext_lazy("the brand"),
    "company": gettext_lazy("the company that signs"),
    "people": gettext_lazy("the people, by the names on the paper"),
    "term": gettext_lazy("from when to when"),
    "posts": gettext_lazy("what is to be posted, as a list"),
    "pay": gettext_lazy("what is paid and given, as a list"),
    "rights": gettext_lazy("how the content may be used, as a list"),
    "exclusivity": gettext_lazy("what is promised about other brands, as a list"),
    "renewal": gettext_lazy("how it ends or goes on, and the notice"),
    "amends": gettext_lazy("the contract it amends, with its number"),
    "changes": gettext_lazy("what an amendment changes, as a list"),
    "added": gettext_lazy("everything that is posted, paid, allowed and promised, as one list"),
    "from": gettext_lazy("its first day"),
    "further_terms": gettext_lazy("the further terms typed into the contract"),
}
OF_AMENDMENTS = frozenset({"amends", "changes", "added"})
PREFIX = "clause_"


def blanks_offered() -> dict[str, object]:
    """Every blank a template may use, with what is filled in."""
    library = {one.blank: format_lazy(_("clause “{}”"), one) for one in LibraryClause.objects.filter(is_active=True)}
    return {**BLANKS, **library}


def check_words(text: str) -> None:
    """Refuse blanks nobody fills in. Raises ValidationError."""
    validate_blanks(text, list(blanks_offered()))


def words_of(contract: Contract) -> str:
    """The words as they are: frozen ones, or the template's with today's terms. Empty without a template."""
    if contract.text:
        return contract.text
    if contract.wording is None:
        return ""
    return fill_in(contract.wording.in_language(contract.language), contract, contract.language)


def fill_in(text: str, contract: Contract, language: str) -> str:
    """Any words in a language, with this contract's terms in their blanks."""
    with override(language):
        return filled_from(text, _values(contract, used_in(text)), language)


def filled_from(text: str, values: Mapping[str, str], language: str) -> str:
    """The words with these values and the clauses of the library in their blanks."""
    known = {**values, **_library(language, used_in(text))}
    # A clause of the library has blanks of its own.
    return filled(filled(text, known), known)


def freeze_words(contract: Contract, *, at: dt.datetime) -> None:
    """Keep the words as they are now, with their hash. Raises ValidationError when there is nothing to sign."""
    if contract.is_theirs:
        return
    text = words_of(contract)
    if not text.strip():
        raise ValidationError(NOTHING_TO_SIGN, code="no_words")
    digest = hashlib.sha256(text.encode()).hexdigest()
    Contract.objects.filter(pk=contract.pk).update(text=text, text_sha256=digest, updated_at=at)
    contract.text, contract.text_sha256 = text, digest


def _values(contract: Contract, wanted: Iterable[str]) -> dict[str, str]:
    more = kept_elsewhere(contract)
    fill = {
        "number": lambda: contract.number,
        "title": lambda: without_marks(contract.title),
        "brand": lambda: without_marks(str(contract.brand)),
        "company": lambda: without_marks(contract.entity or str(contract.brand)),
        "people": lambda: ", ".join(without_marks(party.name) for party in contract.talents),
        "term": lambda: days_in_words(contract.start_on, contract.end_on),
        "posts": lambda: _list([*more["posts"], *posts_in_words(contract.owed)]),
        "pay": lambda: _list([*(line_in_words(line) for line in contract.lines.all()), *more["pay"]]),
        "rights": lambda: _list(right_in_words(right) for right in contract.rights.all()),
        "exclusivity": lambda: _list(_promises(contract)),
        "renewal": lambda: renewal_in_words(contract),
        "amends": lambda: _amended(contract),
        "changes": lambda: _list([*more["changes"], *changes_in_words(contract)]),
        "added": lambda: _list(_added(contract)),
        "from": lambda: day_words(contract.start_on) if contract.start_on else _("the day it is signed"),
        "further_terms": lambda: contract.extra_words,
    }
    # A clause of the library may use any blank; those of amendments are asked for only where the template has them.
    return {name: fill[name]() for name in {*wanted, *BLANKS} - (OF_AMENDMENTS - {*wanted}) if name in fill}


def kept_elsewhere(contract: Contract) -> Mapping[str, list[str]]:
    """What other rooms keep of a contract, in the language that is active."""
    found: dict[str, list[str]] = {"posts": [], "pay": [], "changes": []}
    for placed in contract_words.all():
        for name, lines in placed.call(contract).items():
            found[name] += lines
    return found


def _added(contract: Contract) -> Iterable[str]:
    yield from posts_in_words(contract.owed)
    yield from (line_in_words(line) for line in contract.lines.all())
    yield from (right_in_words(right) for right in contract.rights.all())
    yield from _promises(contract)


def _amended(contract: Contract) -> str:
    if contract.amends is None:
        return ""
    said = {"contract": without_marks(contract.amends.title), "number": contract.amends.number}
    return _("“%(contract)s” (no. %(number)s)") % said


def _library(language: str, wanted: Iterable[str]) -> Mapping[str, str]:
    if not any(name.startswith(PREFIX) for name in wanted):
        return {}
    return {one.blank: f"**{one}.** {one.in_language(language)}" for one in LibraryClause.objects.all()}


def _list(items: Iterable[str]) -> str:
    lines = [f"- {item}" for item in items]
    return "\n".join(lines) if lines else f"- {_('nothing')}"


def posts_in_words(posts: Iterable[PromisedPost]) -> list[str]:
    """3 × Instagram Story; those with a day or words of their own stand by themselves."""
    counted: dict[tuple[str, str, dt.date | None], int] = {}
    for post in posts:
        key = (str(post.format), post.note, post.due_on)
        counted[key] = counted.get(key, 0) + 1
    found = []
    for (label, note, due_on), count in counted.items():
        said = f"{count} × {label}" + (f": {note}" if note else "")
        found.append(_("%(what)s, by %(day)s") % {"what": said, "day": day_words(due_on)} if due_on else said)
    return found


def line_in_words(line: PayLine) -> str:
    """Fee: Rp2.800.000 (net: tax comes on top)."""
    if line.amount is None:
        said = _("%(rate)s %% of what is sold") % {"rate": line.rate_percent}
    else:
        said = money_full(line.amount)
    tax = f" ({line.get_tax_display()})" if line.tax else ""
    note = f", {without_marks(line.note)}" if line.note else ""
    whose = f" ({line.party})" if line.party_id else ""
    return f"{line.get_kind_display()}: {said}{tax}{note}{whose}"


def line_shown(line: PayLine) -> str:
    """The same for a page that shows no Markdown."""
    return marks_read(line_in_words(line))


def right_in_words(right: UsageRight) -> str:
    """Run it as an ad, 90 days from the first post, on Instagram."""
    where = ", ".join(str(one) for one in right.platforms.all())
    return ", ".join(part for part in (right.get_kind_display(), _how_long(right), where) if part)


def _how_long(right: UsageRight) -> str:
    if right.start_on or right.end_on:
        return days_in_words(right.start_on, right.end_on)
    if right.days is None:
        return _("for good")
    days = ngettext("%(n)s day", "%(n)s days", right.days) % {"n": right.days}
    return _("%(days)s from %(anchor)s on") % {"days": days, "anchor": right.get_counted_from_display()}


def _promises(contract: Contract) -> Iterable[str]:
    for clause in Clause.objects.filter(work_ref__in=refs_of(contract.talents)).speaking().with_scope():
        yield " ".join(part for part in (sentence_of(clause), allowed_in_words(clause)) if part)


NOTHING_TO_SIGN = gettext_lazy("There is nothing to sign yet. Choose a template, or upload the paper that is signed.")
