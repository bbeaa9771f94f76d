"""What is proven about a contract, as plain facts: the document, each signature, its amendments, its stamp."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import override

from crm.base.formats import day_words
from crm.base.models import Organisation, StoredFile
from crm.contracts.actions.going_on_words import renewal_in_words
from crm.contracts.actions.words import line_in_words, posts_in_words, right_in_words, words_of
from crm.contracts.models import Contract, Signature
from crm.contracts.paper import chain
from crm.contracts.paper.chain import Facts, Link
from crm.contracts.paper.keeping import found_in
from crm.exclusivity.words import days_in_words


def chain_of(contract: Contract) -> list[Link]:
    """The chain as it stands now: what was put on paper before stays as it was, what came since is added."""
    links = _on_paper(contract) or chain.extended([], chain.DOCUMENT, document_facts(contract))
    there = {_known_by(link.kind, link.facts) for link in links}
    for kind, facts in _since(contract):
        if _known_by(kind, facts) not in there:
            links = chain.extended(links, kind, facts)
    return links


def _known_by(kind: str, facts: Facts) -> tuple[str, Any]:
    """What tells one fact from another: names around it may change later, what was put on paper does not."""
    return kind, facts.get("id") or chain.canonical(facts)


def _on_paper(contract: Contract) -> list[Link]:
    """What the paper made before says, without what covers that file alone."""
    if contract.document is None:
        return []
    with contract.document.file.open("rb") as stored:
        kept = found_in(stored.read())
    if kept is None:
        raise ValueError(f"the paper of contract {contract.number} cannot be read")
    return kept.facts


def _since(contract: Contract) -> list[tuple[str, Facts]]:
    found: list[tuple[str, Facts]] = [(chain.SIGNATURE, signature_facts(one)) for one in signatures_of(contract)]
    signed = Contract.objects.filter(amends=contract, signed_at__isnull=False).order_by("signed_at", "pk")
    found += [(chain.AMENDMENT, amendment_facts(one)) for one in signed]
    if contract.stamp_serial:
        found.append((chain.STAMP, stamp_facts(contract)))
    return found


def signatures_of(contract: Contract) -> list[Signature]:
    """Everybody's yes, in the order they came."""
    rows = Signature.objects.filter(party__contract=contract).order_by("pk")
    return list(
        rows.select_related("party", "authority__stands__contact", "authority__file", "code", "proof", "noted_by")
    )


def document_facts(contract: Contract) -> Facts:
    """What was signed: whose, between whom, and every word of it."""
    with override(contract.language):
        return {
            "house": Organisation.load().name,
            "brand": str(contract.brand),
            "company": contract.entity,
            "number": contract.number,
            "title": contract.title,
            "kind": contract.kind,
            "language": contract.language,
            "zone": contract.zone,
            "sides": [{"id": side.pk, "as": side.role, "name": side.name} for side in contract.parties.order_by("pk")],
            "amends": contract.amends.number if contract.amends else "",
            "words": words_of(contract),
            "words_sha256": contract.text_sha256,
            "paper": file_facts(contract.paper),
            "terms": terms_of(contract) if contract.is_theirs else [],
        }


def terms_of(contract: Contract) -> list[list[Any]]:
    """What stands in somebody else's paper, as it is kept here: each heading with its sentences."""
    return [
        ["days", [days_in_words(contract.start_on, contract.end_on), renewal_in_words(contract)]],
        ["posts", posts_in_words(contract.owed)],
        ["pay", [line_in_words(line) for line in contract.lines.all()]],
        ["rights", [right_in_words(right) for right in contract.rights.all()]],
    ]


def signature_facts(signature: Signature) -> Facts:
    """Who said yes to which document, when, how, from where, and by which right."""
    return {
        "id": signature.pk,
        "party": signature.party_id,
        "side": signature.party.name,
        "as": signature.party.role,
        "name": signature.name,
        "for": signature.acting_for,
        "authority": _authority(signature),
        "how": signature.how,
        "at": instant(signature.signed_at),
        "zone": signature.zone,
        "document_sha256": signature.document_sha256,
        "address": signature.address or "",
        "browser": signature.browser,
        "consent": signature.consent_words,
        "said": signature.said,
        "code": f"{signature.code.pk}, {instant(signature.code.created_at)}" if signature.code else "",
        "proof": file_facts(signature.proof),
        "noted_by": str(signature.noted_by or ""),
    }


def _authority(signature: Signature) -> str:
    given = signature.authority
    if given is None:
        return ""
    return f"{given.stands.contact}, {given.since_on.isoformat()}: {given.evidence or given.file}"


def amendment_facts(amendment: Contract) -> Facts:
    return {
        "id": amendment.pk,
        "number": amendment.number,
        "title": amendment.title,
        "from": amendment.start_on.isoformat() if amendment.start_on else "",
        "document_sha256": amendment.document_sha256,
        "signed": instant(amendment.signed_at) if amendment.signed_at else "",
    }


def stamp_facts(contract: Contract) -> Facts:
    return {
        "serial": contract.stamp_serial,
        "on": contract.stamp_on.isoformat() if contract.stamp_on else "",
        "file": file_facts(contract.stamp_file),
    }


def file_facts(stored: StoredFile | None) -> Facts | None:
    return {"name": stored.label, "bytes": stored.size, "sha256": stored.sha256} if stored else None


def instant(at: dt.datetime) -> str:
    """A moment as it stands in the proof: in UTC, to the second."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def moment(said: str) -> dt.datetime:
    """The moment a fact says. Raises ValueError."""
    return dt.datetime.strptime(said, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=dt.UTC)


def day(said: str) -> str:
    """A day of a fact in words of the language that is active."""
    return day_words(dt.date.fromisoformat(said)) if said else ""


def sides_of(links: Sequence[Link]) -> list[tuple[Any, Link | None]]:
    """Each side that signs, with its signature once there is one."""
    signed = {link.facts["party"]: link for link in chain.of_kind(links, chain.SIGNATURE)}
    return [(side, signed.get(side["id"])) for side in links[0].facts["sides"] if side["as"] in ("talent", "brand")]
