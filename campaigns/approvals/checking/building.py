"""What a caption is judged by, put together from rows that are at hand. Nothing here asks the database."""

from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from campaigns.approvals.checking.asked import FAIL, WARN, Asked, Code, Link, Posting, Word
from campaigns.approvals.checking.reference import Reference
from campaigns.approvals.models import LexiconEntry
from campaigns.briefs.checks import QUOTED
from campaigns.briefs.content import Content, Level
from campaigns.planning.models import Campaign, Deliverable
from campaigns.tracking.models import TrackedLink, VoucherCode
from crm.brands.models import Brand, Product
from crm.influencers.models import Format

STORIES = ("caption", "key_messages", "brand_story", "product_story", "public_benefit")
PROVEN_BY = {"halal": "halal_no"}
"""Words a product may carry once it has the number that shows it."""


def asked_from(
    reference: Reference, *, kind: Format | None, markets: Collection[str], content: Content | None = None,
    campaign: Campaign | None = None, about: str = "",
) -> Asked:  # fmt: skip
    """For a format, in these markets, for a campaign with its brief, as far as they are known."""
    content = content or Content()
    rules = reference.rules_for(markets)
    filmed = rules["VID-01"].numbers.get("formats", ()) if "VID-01" in rules else ()
    return Asked(
        rules=rules,
        limit=reference.limit_of(kind) if kind else None,
        limits=reference.limits(),
        platform=kind.platform.code if kind else "",
        is_story=bool(kind and kind.lasts_hours),
        is_video=bool(kind and kind.code in filmed),
        hashtags=tuple(content.entries("hashtags")),
        mentions=tuple(content.entries("mentions")),
        statements=tuple(one for text in content.at_level(Level.MUST) for one in QUOTED.findall(text)),
        brief="\n".join([*(content.words(name) for name in STORIES), *(item.text for item in content.items)]),
        markets=tuple(sorted(markets)),
        labels=reference.labels_for(markets),
        words=tuple(words_for(reference, markets, campaign, content, about)),
        claims=tuple(content.entries("claims")),
        link=Link(hosts=hosts_of(content, campaign)),
    )


def words_for(
    reference: Reference, markets: Collection[str], campaign: Campaign | None, content: Content, about: str = ""
) -> Iterator[Word]:
    """The brief's own words first, then the lexicons that count here, then competitors. `about` is a regulated kind."""
    for term in content.entries("forbidden"):
        yield Word(term, outcome=FAIL, kind="brief", harmless=_harmless(reference, term))
    products = list(campaign.products.all()) if campaign else []
    kinds = _kinds(reference, campaign, products) | ({about} - {""})
    line = _line(reference, campaign, products)
    for row in reference.entries:
        if (not row.country or row.country in markets) and _counts(row, kinds, line, campaign):
            yield _word(row, products)
    for rival in campaign.brand.rivals.all() if campaign else ():
        yield Word(rival.name, outcome=WARN, kind="rival")


def _harmless(reference: Reference, term: str) -> tuple[str, ...]:
    """What the lexicons know of harmless uses of the same word."""
    same = (row for row in reference.entries if row.term.casefold() == term.casefold())
    return tuple(phrase for row in same for phrase in row.exceptions)


def _kinds(reference: Reference, campaign: Campaign | None, products: Collection[Product]) -> frozenset[str]:
    return frozenset(kind for one in _categories(campaign, products) for kind in reference.kinds_of(one))


def _line(reference: Reference, campaign: Campaign | None, products: Collection[Product]) -> frozenset[int]:
    """The categories of what is advertised with everything they stand within."""
    return frozenset(up for one in _categories(campaign, products) for up in reference.categories.line(one))


def _categories(campaign: Campaign | None, products: Collection[Product]) -> list[int]:
    """What is advertised: the products named, else the campaign's category, else what the brand sells."""
    if campaign is None:
        return []
    named = [product.category_id for product in products if product.category_id]
    own = [campaign.category_id] if campaign.category_id else []
    brand: Brand = campaign.brand
    return [*named, *own] or ([brand.category_id] if brand.category_id else [])


def _counts(row: LexiconEntry, kinds: frozenset[str], line: frozenset[int], campaign: Campaign | None) -> bool:
    if row.brand_id:
        return campaign is not None and campaign.brand_id == row.brand_id
    if row.regulated or row.category_id:
        return row.regulated in kinds or row.category_id in line
    return True


def _word(row: LexiconEntry, products: Collection[Product]) -> Word:
    number = PROVEN_BY.get(row.term.casefold())
    proven = bool(row.proof_waives and number and any(getattr(product, number) for product in products))
    return Word(
        row.term, tuple(row.variants), tuple(row.exceptions), row.instead, row.outcome, row.lexicon, proven,
        (row.source, row.source_url),
    )  # fmt: skip


def hosts_of(content: Content, campaign: Campaign | None) -> frozenset[str]:
    """Where links of this campaign may lead."""
    urls = [content.words("link"), *(product.url for product in (campaign.products.all() if campaign else ()))]
    return frozenset(host for url in urls if (host := host_of(url)))


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def code_of(row: VoucherCode | None) -> Code | None:
    return Code(row.code, row.valid_from_on, row.valid_to_on, row.offer) if row is not None else None


def link_of(asked: Asked, row: TrackedLink | None, home: str) -> Link:
    """The tracked address of this post, and what stands behind it."""
    if row is None or row.closed_at is not None:
        return asked.link
    hosts = {host_of(home), host_of(row.target)} - {""}
    return Link(is_asked=True, tracked=(f"{home}/l/{row.slug}/",), hosts=asked.link.hosts | hosts)


def posting_of(row: Deliverable, content: Content | None) -> Posting:
    campaign = row.collaboration.campaign
    embargo = content.embargo_at if content is not None else None
    return Posting(row.zone, min(campaign.start_on, row.post_due_on), row.post_due_on, embargo)
