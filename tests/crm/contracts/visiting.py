"""Somebody who opened her own page, and the code in her newest e-mail."""

import datetime as dt
from dataclasses import dataclass

from django.test import Client

from crm.brands.models import Brand
from crm.contracts.actions.codes import code_of
from crm.contracts.models import SigningCode
from crm.influencers.models import Influencer
from crm.outbox.models import Contact
from crm.portal.links import mint
from tests.conftest import NOW


@dataclass
class Visitor:
    """One browser on one page."""

    client: Client
    page: str

    def at(self, kind: str, contract: int) -> str:
        return f"{self.page}{kind}/{contract}/"


def open_page(contact: Contact, who: Influencer, brand: Brand, *, at: dt.datetime = NOW) -> Visitor:
    """Press the button behind a fresh link: minted now where the clock of the test does not stand still."""
    address = mint(contact=contact, influencer_id=who.pk, brand_id=brand.pk, at=at)
    client = Client(HTTP_USER_AGENT="Chrome on Android")
    answer = client.post("/" + address.split("/", 3)[3])
    return Visitor(client, str(answer["Location"]))


def newest_code() -> str:
    return code_of(SigningCode.objects.latest("pk"))


def another(code: str) -> str:
    """Six digits that are not these."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
