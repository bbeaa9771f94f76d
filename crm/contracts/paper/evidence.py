"""The last pages: everything that proves who signed what, and how anybody can check it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from crm.base.formats import when_zone
from crm.contracts.models import Signature
from crm.contracts.paper import chain
from crm.contracts.paper.chain import Facts, Link
from crm.contracts.paper.drawable import MARK, drawable
from crm.contracts.paper.facts import day, moment
from crm.contracts.paper.sheet import MUTED, SMALL, TITLES, Sheet


def draw_on(sheet: Sheet, links: Sequence[Link]) -> None:
    """On pages of their own, behind the contract."""
    sheet.add_page()
    sheet.says(_("Proof"), TITLES[1] + 4, strong=True, after=1)
    sheet.says(_("This page was written by Mitra when everybody had signed. It belongs to the contract."), color=MUTED)
    _document(sheet, links[0])
    for link in chain.of_kind(links, chain.SIGNATURE):
        sheet.keep(60)
        sheet.heading(_("Signature of %(name)s") % {"name": link.facts["name"]})
        sheet.pairs(signature_pairs(link.facts))
        sheet.pairs(_link(link))
    _amendments(sheet, chain.of_kind(links, chain.AMENDMENT))
    for link in chain.of_kind(links, chain.STAMP)[-1:]:
        sheet.heading("e-Meterai")
        sheet.pairs([*stamp_pairs(link.facts), *_link(link)])
    _how_to_check(sheet, links)


def _document(sheet: Sheet, link: Link) -> None:
    facts = link.facts
    sheet.heading(_("Document"))
    rows = [(_("Contract"), facts["number"]), (_("House"), facts["house"]), (_("Time zone"), facts["zone"])]
    if facts["words_sha256"]:
        rows.append((_("SHA-256 of the words"), facts["words_sha256"]))
    sheet.pairs([*rows, *file_pairs(facts["paper"]), *_link(link)])


def signature_pairs(facts: Facts) -> list[tuple[str, str]]:
    """What is known of one signature, each with its name; what is not known stands nowhere."""
    at = moment(facts["at"])
    return [
        (_("Side"), facts["side"]),
        (_("Signed by"), facts["name"]),
        (_("For"), facts["for"]),
        (_("Authority"), facts["authority"]),
        (_("How"), str(Signature.How(facts["how"]).label)),
        (_("When"), f"{facts['at']}\n{when_zone(at, facts['zone'])}"),
        (_("Time zone"), facts["zone"]),
        (_("Code"), facts["code"] and _("No. %(code)s") % {"code": facts["code"]}),
        (_("From address"), facts["address"]),
        (_("Browser"), facts["browser"]),
        (_("Agreed to"), facts["consent"]),
        (_("As it was said"), facts["said"]),
        *file_pairs(facts["proof"]),
        (_("Noted by"), facts["noted_by"]),
        (_("SHA-256 of what was signed"), facts["document_sha256"]),
    ]


def stamp_pairs(facts: Facts) -> list[tuple[str, str]]:
    return [(_("Number"), facts["serial"]), (_("Stamped on"), day(facts["on"])), *file_pairs(facts["file"])]


def file_pairs(facts: Facts | None) -> list[tuple[str, str]]:
    """A file that is kept elsewhere, known by its hash."""
    return [(_("File"), facts["name"]), (_("SHA-256 of the file"), facts["sha256"])] if facts else []


def _amendments(sheet: Sheet, links: Sequence[Link]) -> None:
    if not links:
        return
    sheet.heading(_("Amended by"))
    for link in links:
        facts = link.facts
        title = _("Contract %(number)s") % {"number": facts["number"]}
        said = "\n".join(part for part in (facts["title"], day(facts["from"]), facts["document_sha256"]) if part)
        sheet.pairs([(title, said), *_link(link)])


def _link(link: Link) -> list[tuple[str, str]]:
    return [(_("Link of the chain"), link.sha256)]


def _how_to_check(sheet: Sheet, links: Sequence[Link]) -> None:
    sheet.keep(52)
    sheet.heading(_("How to check it"))
    sheet.says(
        _(
            "Each link is the SHA-256 of the link before it and of its own facts; the last one stands for all of them. "
            "The facts are kept in this file as lines that begin with a percent sign, so that anybody can count again: "
        )
        + "manage.py verify_contract FILE",
        SMALL, color=MUTED, after=1.5,
    )  # fmt: skip
    sheet.pairs([(_("End of the chain"), chain.end_of(links))])
    if _has_unknown_signs(links):
        sheet.says(
            _("%(mark)s stands for a sign that this page's type cannot draw. The facts in the file have it as it is.")
            % {"mark": MARK},
            SMALL,
            color=MUTED,
        )


def _has_unknown_signs(links: Sequence[Link]) -> bool:
    said = chain.canonical([link.facts for link in links]).decode("ascii")
    return MARK in drawable(said.encode().decode("unicode_escape"))
