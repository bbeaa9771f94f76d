"""Whether a paper is as it was when it was signed, found out from the file alone, in plain words."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.contracts.paper import chain
from crm.contracts.paper.blocks import blocks_of
from crm.contracts.paper.chain import Facts, Link
from crm.contracts.paper.drawable import drawable
from crm.contracts.paper.facts import moment, sides_of
from crm.contracts.paper.keeping import Kept, found_in
from crm.contracts.paper.reading import squeezed, visible
from crm.contracts.paper.seal import look_at_seal

ON_THE_PAGE = ("side", "name", "for", "authority", "at", "zone", "code", "address", "browser", "consent", "said")
"""What of a signature is seen on the page of its proof, in this order; its file, who noted it and its hash follow."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: it holds, it does not, or (None) nobody could tell."""

    holds: bool | None
    said: str


def check(data: bytes) -> tuple[list[Finding], list[Link]]:
    """Everything the file says of itself, and its chain; nothing else is asked."""
    if not data.startswith(b"%PDF-"):
        return [Finding(False, _("This is not a PDF."))], []
    kept = found_in(data)
    if kept is None:
        return [Finding(False, str(NO_PROOF))], []
    try:
        return list(_looked_at(data, kept)), kept.facts
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return [Finding(False, _("The facts in this file are not as Mitra writes them."))], []


def _looked_at(data: bytes, kept: Kept) -> Iterator[Finding]:
    yield _chain(kept.links)
    yield Finding(
        kept.is_whole, _("Every byte of the file is as it was written.") if kept.is_whole
        else _("The file was changed after it was written: its bytes are not those the proof was made for."),
    )  # fmt: skip
    yield from _document(kept.facts)
    page = visible(data)
    yield _words_on_the_page(kept.facts[0].facts, page)
    yield from _signatures_on_the_page(kept.facts, page)
    if kept.behind:
        yield from (Finding(holds, said) for holds, said in look_at_seal(data, kept.ends))


def _chain(links: Sequence[Link]) -> Finding:
    broken = chain.first_break(links)
    if broken is None and [links[0].kind, links[-1].kind] == [chain.DOCUMENT, chain.PAGES]:
        return Finding(True, _("The chain holds. It ends in %(hash)s") % {"hash": chain.end_of(links[:-1])})
    at = {"place": (broken or 0) + 1, "kind": links[broken or 0].kind}
    return Finding(False, _("The chain is broken at link %(place)d (%(kind)s): a fact was changed.") % at)


def _document(links: Sequence[Link]) -> Iterator[Finding]:
    """The words have the hash that was signed, by every side."""
    document = links[0].facts
    words = hashlib.sha256(document["words"].encode()).hexdigest()
    signed = document["paper"]["sha256"] if document["paper"] else document["words_sha256"]
    if not document["paper"]:
        holds = words == signed
        yield Finding(
            holds,
            _("The words have the hash that was signed.") if holds else _("The words are not those that were signed."),
        )
    for side, link in sides_of(links):
        told = {"side": side["name"]}
        if link is None:
            yield Finding(False, _("%(side)s has not signed.") % told)
            continue
        holds, told = (
            link.facts["document_sha256"] == signed,
            {**told, "name": link.facts["name"], "at": _when(link.facts)},
        )
        yield Finding(holds, (_("%(side)s: signed by %(name)s, %(at)s") if holds
                              else _("%(side)s: %(name)s signed other words than these.")) % told)  # fmt: skip


def _when(facts: Facts) -> str:
    moment(facts["at"])
    return str(facts["at"])


def _words_on_the_page(document: Facts, page: str) -> Finding:
    """The words as they are drawn, one behind the other with nothing between."""
    wanted = "".join(squeezed(block.bullet + block.text) for block in blocks_of(document["words"]))
    holds = wanted in page and all(_drawn(said) in page for said in _named(document))
    return Finding(holds, _("The pages show these words and names.") if holds
                   else _("The pages do not show the words and names of the proof."))  # fmt: skip


def _named(document: Facts) -> list[str]:
    paper = document["paper"] or {}
    names = [side["name"] for side in document["sides"]]
    return [
        document["number"],
        document["title"],
        *names,
        *(str(said) for key, said in paper.items() if key != "bytes"),
    ]


def _signatures_on_the_page(links: Sequence[Link], page: str) -> Iterator[Finding]:
    """Each name over its side, and between the hash of the link before and its own everything known of it, in order."""
    begins = page.find(links[0].sha256)
    front, before = page[: max(begins, 0)], links[0].sha256
    for link in chain.of_kind(links, chain.SIGNATURE):
        facts: Any = link.facts
        section = page[page.find(before) : page.find(link.sha256) + len(link.sha256)]
        signed = _drawn(facts["name"]) + _drawn(facts["side"])
        holds, told = signed in front and _in_order(_of_signature(link), section), {"name": facts["name"]}
        before = link.sha256
        yield Finding(holds, (_("The page of the proof says the same of %(name)s.") if holds
                              else _("The page of the proof says something else of %(name)s than the chain.")) % told)  # fmt: skip


def _of_signature(link: Link) -> list[str]:
    facts: Any = link.facts
    proof = facts["proof"] or {"name": "", "sha256": ""}
    around = [proof["name"], proof["sha256"], facts["noted_by"], facts["document_sha256"], link.sha256]
    return [str(facts[name]) for name in ON_THE_PAGE] + around


def _in_order(wanted: Sequence[str], section: str) -> bool:
    at = 0
    for said in map(_drawn, wanted):
        found = section.find(said, at)
        if found < 0:
            return False
        at = found + len(said)
    return True


def _drawn(said: str) -> str:
    return squeezed(drawable(said))


NO_PROOF = gettext_lazy(
    "There is no proof in this file, or not all of it. It is not a signed contract of Mitra, or it was printed, "
    "shortened or saved anew by another program. Ask for the file that came by e-mail."
)
