"""Whether a paper says what this installation knows of the contract."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from crm.base.formats import day_words
from crm.base.models import StoredFile
from crm.contracts.models import Contract
from crm.contracts.paper import chain
from crm.contracts.paper.chain import Link
from crm.contracts.paper.checking import Finding
from crm.contracts.paper.facts import document_facts, signature_facts, signatures_of

DOCUMENT = ("title", "words", "words_sha256", "sides", "paper")
SIGNATURE = (
    "name", "for", "how", "at", "zone", "document_sha256", "address", "browser", "consent", "said", "code", "proof",
)  # fmt: skip
"""What never changes once it is signed; the names of colleagues and agents around it may."""


def compare(data: bytes, links: Sequence[Link]) -> list[Finding]:
    """What the database says about it; without one, that nobody asked it."""
    try:
        return list(_compared(data, links))
    except DatabaseError:
        return [Finding(None, _("Not compared with what is kept here: the database does not answer."))]


def _compared(data: bytes, links: Sequence[Link]) -> Iterator[Finding]:
    document = links[0].facts
    contract = _contract(str(document["number"]))
    if contract is None:
        yield Finding(
            None, _("There is no contract %(number)s here to compare it with.") % {"number": document["number"]}
        )
        return
    yield _same(_("the words and names"), document, document_facts(contract), DOCUMENT)
    stored = {one.pk: signature_facts(one) for one in signatures_of(contract)}
    for link in chain.of_kind(links, chain.SIGNATURE):
        yield _same(
            _("the signature of %(name)s") % {"name": link.facts["name"]},
            link.facts,
            stored.pop(link.facts["id"], {}),
            SIGNATURE,
        )
    for facts in stored.values():
        yield Finding(False, _("Here %(name)s has signed, too; the file does not say so.") % {"name": facts["name"]})
    yield _kept(data)


def _contract(number: str) -> Contract | None:
    _year, _slash, pk = number.partition("/")
    found = (
        Contract.objects.with_paper().filter(pk=int(pk)).first()
        if pk.isascii() and pk.isdecimal() and len(pk) < 19
        else None
    )
    return found if found is not None and found.number == number else None


def _same(what: str, said: Any, known: Any, names: Sequence[str]) -> Finding:
    different = [name for name in names if chain.canonical(said.get(name)) != chain.canonical(known.get(name))]
    if not different:
        return Finding(True, _("Kept here the same way: %(what)s.") % {"what": what})
    return Finding(
        False, _("Kept here differently: %(what)s (%(names)s).") % {"what": what, "names": ", ".join(different)}
    )


def _kept(data: bytes) -> Finding:
    """Every paper that was ever sent is kept, also those that were written anew later."""
    kept = StoredFile.objects.filter(sha256=hashlib.sha256(data).hexdigest()).order_by("pk").first()
    if kept is None:
        return Finding(False, _("No file that is kept here is the same, byte for byte."))
    return Finding(
        True, _("It is, byte for byte, the file kept here since %(day)s.") % {"day": day_words(kept.created_at)}
    )
