"""A contract on paper: its pages, the proof of who signed, and the chain of hashes that keeps both."""

from crm.contracts.models import Contract
from crm.contracts.paper.facts import chain_of
from crm.contracts.paper.keeping import keep_in

__all__ = ["write_paper"]


def write_paper(contract: Contract) -> bytes:
    """The contract as a PDF: a draft while somebody has not signed, afterwards with its proof."""
    # These bring the drawing library and its fonts, and most processes never draw.
    from crm.contracts.paper.pages import draw
    from crm.contracts.paper.seal import sealed

    links = chain_of(contract)
    pages = draw(links, at=contract.signed_at or contract.updated_at, is_final=contract.signed_at is not None)
    return sealed(keep_in(pages, links)) if contract.signed_at else pages
