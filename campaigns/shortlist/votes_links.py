"""A voter's links: made when a message leaves, found again by their hash, and what they say when they do not open."""

import secrets

from django.conf import settings
from django.urls import reverse

from campaigns.shortlist.models import Ballot, BallotLink
from crm.portal.links import digest


def mint(ballot: Ballot) -> str:
    """A new link's full address. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    BallotLink.objects.create(ballot=ballot, token_sha256=digest(token))
    return f"{settings.BASE_URL}{reverse('ballot', args=[token])}"


def ballot_behind(token: str) -> Ballot | None:
    """The ballot behind a token; unknown, revoked and a colleague's who left look the same."""
    found = Ballot.objects.opening().filter(links__token_sha256=digest(token))
    return found.select_related(
        "contact", "round__campaign__brand", "round__campaign__owner", "round__started_by"
    ).first()
