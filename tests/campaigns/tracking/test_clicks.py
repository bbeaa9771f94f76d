"""Tracked links: they lead where the database says, count who came, and keep nothing of her."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Deliverable, Refused
from campaigns.tracking import links
from campaigns.tracking.clicks import Look, visitor_of
from campaigns.tracking.models import LinkClick, TrackedLink
from campaigns.tracking.shown import Visits, visits_of
from crm.brands.models import Product
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.tracking.conftest import SHOP

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Instagram 358.0.0.0"


@pytest.fixture
def link(reel: Deliverable, actor: Actor, now: dt.datetime) -> TrackedLink:
    return links.make_link(reel, SHOP, at=now, actor=actor)


def visit(link: TrackedLink, client: Client | None = None, method: str = "get", query: str = "", **headers: str) -> Any:
    url = reverse("tracked-link", args=[link.slug]) + query
    return getattr(client or Client(), method)(url, headers={"user-agent": PHONE, **headers})


def test_a_visit_is_led_on_and_counted_without_a_cookie(link: TrackedLink) -> None:
    answer = visit(link, referer="https://l.instagram.com/some/page?id=7")
    assert (answer.status_code, answer["Location"]) == (302, link.target)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert answer.cookies.output() == ""
    row = LinkClick.objects.get()
    assert (row.is_scanner, row.came_from, len(row.visitor)) == (False, "l.instagram.com", 64)


@pytest.mark.parametrize("query", ["?to=https://evil.example", "?next=//evil.example", "?url=evil&target=evil"])
def test_nothing_in_the_address_chooses_where_it_leads(link: TrackedLink, query: str) -> None:
    assert visit(link, query=query)["Location"] == link.target


def test_posting_to_a_link_is_refused(link: TrackedLink) -> None:
    assert visit(link, method="post").status_code == 405
    assert not LinkClick.objects.exists()


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"user-agent": "WhatsApp/2.24.1 A"}),
        ("get", {"user-agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"}),
        ("get", {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
        ("get", {"user-agent": ""}),
        ("get", {"sec-purpose": "prefetch;prerender"}),
    ],
)
def test_a_machine_is_counted_apart(link: TrackedLink, method: str, headers: dict[str, str]) -> None:
    assert visit(link, method=method, **headers).status_code == 302
    assert LinkClick.objects.get().is_scanner is True
    assert LinkClick.objects.by_people().count() == 0


def test_a_visitor_is_the_same_all_day_and_another_one_tomorrow(now: dt.datetime) -> None:
    look = Look("GET", PHONE, address="203.0.113.7")
    today = visitor_of(look, now)
    assert visitor_of(look, now + dt.timedelta(hours=5)) == today
    assert visitor_of(look, now + dt.timedelta(days=1)) != today
    assert visitor_of(Look("GET", PHONE, address="203.0.113.8"), now) != today
    assert visitor_of(Look("GET", PHONE), now) == ""


def test_no_address_is_kept(link: TrackedLink) -> None:
    visit(link)
    assert "127.0.0.1" not in repr(list(LinkClick.objects.values_list()))


def test_she_goes_on_when_her_visit_cannot_be_counted(link: TrackedLink, caplog: pytest.LogCaptureFixture) -> None:
    def full(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT INTO") and LinkClick._meta.db_table in sql:
            raise OperationalError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full):
        answer = visit(link)
    assert (answer.status_code, answer["Location"]) == (302, link.target)
    assert not LinkClick.objects.exists()
    assert "click_not_counted" in caplog.text


def test_an_unknown_and_a_closed_link_say_so_kindly(link: TrackedLink, actor: Actor, now: dt.datetime) -> None:
    unknown = Client().get(reverse("tracked-link", args=["nowhere"]))
    assert (unknown.status_code, unknown["Cache-Control"]) == (404, "no-store")
    links.close(link, at=now, actor=actor)
    closed = visit(link)
    assert (closed.status_code, closed["Cache-Control"]) == (410, "no-store")
    assert closed.cookies.output() == ""
    assert not LinkClick.objects.exists()
    links.open_again(link, at=now, actor=actor)
    assert visit(link).status_code == 302


@pytest.mark.parametrize("slug", ["\x00", "{slug}\x00", "{slug}\n", "{slug}/x", "a" * 9000, "\u0131", "\ufffd"])
def test_what_is_no_short_form_is_unknown(link: TrackedLink, slug: str) -> None:
    answer = Client().get(f"/l/{quote(slug.format(slug=link.slug), safe='/')}/")
    assert answer.status_code == 404
    assert not LinkClick.objects.exists()


def test_a_link_is_found_however_it_was_typed(link: TrackedLink) -> None:
    assert Client().get(f"/l/{link.slug.upper()}/")["Location"] == link.target


@pytest.mark.parametrize("referrer", ["http://a\x00b/", "http://[::1", "\x80", "javascript:alert(1)"])
def test_a_visit_from_no_site_at_all_is_counted_too(link: TrackedLink, referrer: str) -> None:
    assert visit(link, referer=referrer)["Location"] == link.target
    assert LinkClick.objects.get().came_from == ""


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "ftp://lumi.example/x", "//lumi.example", "https://", "https://a:b@lumi.example/", "x y"],
)
def test_a_link_leads_to_the_web_only(reel: Deliverable, actor: Actor, now: dt.datetime, target: str) -> None:
    with pytest.raises(ValueError, match="address"):
        links.make_link(reel, target, at=now, actor=actor)
    assert not TrackedLink.objects.exists()


def test_the_shop_is_told_platform_campaign_and_link_once(link: TrackedLink, reel: Deliverable) -> None:
    told = parse_qs(urlsplit(link.target).query)
    assert told == {
        "utm_source": [reel.format.platform.code],
        "utm_medium": ["influencer"],
        "utm_campaign": ["glow"],
        "utm_content": [link.slug],
    }
    assert links.marked(link.target, reel, link.slug) == link.target
    kept = links.marked(f"{SHOP}?utm_source=story&v=2#top", reel, "abc")
    assert kept == f"{SHOP}?utm_source=story&v=2&utm_medium=influencer&utm_campaign=glow&utm_content=abc#top"


def test_a_deliverable_has_one_link_and_it_may_lead_elsewhere(
    link: TrackedLink, reel: Deliverable, actor: Actor, now: dt.datetime
) -> None:
    with pytest.raises(Refused, match="There is a link for this already"):
        links.make_link(reel, SHOP, at=now, actor=actor)
    links.lead_to(link, "https://lumi.contoh.example/mask", at=now, actor=actor)
    assert visit(link)["Location"].startswith("https://lumi.contoh.example/mask?utm_source=")
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["tracked_link.made", "tracked_link.moved"]


def test_clicks_are_counted_by_people_by_visitors_and_by_machines(link: TrackedLink, now: dt.datetime) -> None:
    for visitor, is_scanner in (("a", False), ("a", False), ("b", False), ("", True)):
        LinkClick.objects.create(link=link, at=now, visitor=visitor, is_scanner=is_scanner)
    assert visits_of([link.pk]) == {link.pk: Visits(3, 2, 1)}


def test_a_colleague_makes_a_link_and_reads_its_clicks_on_the_card(as_coordinator: Client, reel: Deliverable) -> None:
    product = Product.objects.create(brand=reel.collaboration.campaign.brand, name="Serum", url=SHOP)
    reel.collaboration.campaign.products.add(product)
    url = reverse("tracked-link-edit", args=[reel.pk])
    assert as_coordinator.get(url).context["form"].initial == {"target": SHOP}
    refused = as_coordinator.post(url, {"target": "ftp://lumi.example"})
    assert (refused.status_code, 'value="ftp://lumi.example"' in refused.content.decode()) == (422, True)
    as_coordinator.post(url, {"target": "lumi.contoh.example/serum"})
    link = TrackedLink.objects.get()
    visit(link)
    page = as_coordinator.get(reverse("collaboration", args=[reel.collaboration_id])).content.decode()
    assert f"http://testserver/l/{link.slug}/" in page
    assert "1 click" in page
