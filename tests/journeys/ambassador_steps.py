"""What is pressed and typed on the way of an ambassador, step by step."""

import re
from collections.abc import Callable
from email.message import EmailMessage

from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.planning.models import Collaboration, Deliverable
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, Program
from crm.brands.models import Brand
from crm.contracts.models import Contract, Notice
from crm.reminders.tick import tick
from tests.chaos.sink import Sink
from tests.journeys.test_channels import plain

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]
HERS = "kirana@contoh.example"


def press(page: Page) -> None:
    """The one filled button of a form page."""
    page.locator(".form-actions button.btn-primary").first.click()
    page.wait_for_load_state()


def rings(post_office: Sink) -> list[str]:
    """What the clock's next round sends to her: the subjects, in order."""
    before = len(post_office.messages)
    tick(timezone.now)
    return [str(one["Subject"]) for one in post_office.messages[before:] if HERS in str(one["To"])]


def letter(post_office: Sink, about: str) -> EmailMessage:
    """The newest letter to her whose subject says so, once it has left."""
    tick(timezone.now)
    hers = [one for one in post_office.messages if HERS in str(one["To"])]
    return next(one for one in reversed(hers) if re.search(about, str(one["Subject"])))


def her_page(open_page: Open, post_office: Sink, about: str = "") -> Page:
    """The link of a letter, on a phone."""
    link = re.search(r"https?://[^/\s]+(/p/\S+)", plain(letter(post_office, about)))
    assert link is not None
    page = open_page(link[1], width=390)
    page.locator("button.btn-primary").click()
    page.wait_for_load_state()
    return page


def a_circle(page: Page, lumi: Brand) -> Program:
    page.goto("/ambassadors/programs/new/")
    page.fill("[name=name]", "Lumi Circle")
    page.select_option("[name=brand]", str(lumi.pk))
    press(page)
    return Program.objects.get()


def four_questions(page: Page, card: Collaboration, violations: Violations) -> AmbassadorDeal:
    """From the card of what went well: how many of what and what fee are there already; how long, and what then."""
    page.goto(f"/campaigns/collaborations/{card.pk}/")
    page.locator("#ambassador").get_by_role("link", name="Make her").click()
    expect(page.locator("main")).to_contain_text("Glow Ramadan")
    assert page.input_value("[name=who]") == "Kirana Maheswari"
    assert [page.input_value(f"[name=quota-{place}-quantity]") for place in (0, 1)] == ["2", "1"]
    page.fill("[name=start_on]", "2026-12-01")
    page.fill("[name=months]", "3")
    page.check("[name=renewal][value=auto]")
    for name in ("renew_months", "exclusive", "rollover"):
        page.locator(f"details:has([name={name}]) > summary").click()
    page.fill("[name=renew_months]", "3")
    page.check("[name=exclusive]")
    page.select_option("[name=rollover]", "carry")
    page.fill("[name=carry_cap]", "2")
    assert violations(page) == []
    press(page)
    year = page.locator("#year")
    for words in (
        "Tue, 1 Dec 2026 – Thu, 31 Dec 2026",
        "Mon, 1 Feb 2027 – Sun, 28 Feb 2027",
        "IDR 15,000,000",
        "29 Jan 2027",
    ):
        expect(year).to_contain_text(words)
    assert violations(page) == []
    page.locator("button[name=save]").click()
    page.wait_for_url(re.compile(r"/ambassadors/\d+/"))
    expect(page.locator(".phead .pill")).to_contain_text("Draft")
    assert violations(page) == []
    return AmbassadorDeal.objects.get()


def sent(page: Page, deal: AmbassadorDeal) -> None:
    page.get_by_role("link", name="Look through it and send it").click()
    page.locator(".page-head details.menu summary").click()
    page.locator(".menu-list a", has_text="Send").click()
    press(page)
    expect(page.locator(".page-head .pill")).to_have_text("Sent")


def signed_by_her(open_page: Open, post_office: Sink, violations: Violations) -> None:
    page = her_page(open_page, post_office)
    page.get_by_role("link", name="Read and sign").click()
    expect(page.locator(".musts")).to_contain_text("2 × Instagram Reel")
    assert violations(page) == []
    page.get_by_role("link", name="Sign now").click()
    page.check("[name=yes]")
    page.get_by_role("button", name="Send me the code").click()
    page.wait_for_url("**/sign-code/**")
    code = re.search(r"\b\d{6}\b", str(letter(post_office, r"\d{6}")["Subject"]))
    assert code is not None
    page.fill("[name=code]", code[0])
    page.get_by_role("button", name="Sign now").click()
    expect(page.locator(".p-thanks")).to_contain_text("it is signed")


def countersigned(page: Page, contract: Contract) -> None:
    page.goto(f"/contracts/{contract.pk}/")
    page.locator("#signatures a.btn", has_text="Sign").click()
    page.check("[name=yes]")
    press(page)
    expect(page.locator("main")).to_contain_text("Everybody has signed.")


def days_of(deal: AmbassadorDeal) -> list[tuple[str, str]]:
    rows = DealPeriod.objects.standing().filter(deal=deal).order_by("number")
    return [(str(one.first_on), str(one.last_on)) for one in rows]


def posts_of(deal: AmbassadorDeal) -> list[tuple[str, str]]:
    """What stands on her card of the standing campaign: what, and whether it is out."""
    rows = Deliverable.objects.filter(collaboration__campaign__program=deal.program).order_by("post_due_on", "pk")
    return [(row.format.code, row.status) for row in rows.select_related("format")]


def paused(page: Page, deal: AmbassadorDeal) -> None:
    """Nobody knows until when; everything behind it moves."""
    page.goto(f"/ambassadors/{deal.pk}/pause/")
    page.fill("[name=first_on]", "2026-12-05")
    page.check("[name=effect][value=shift]")
    page.fill("[name=why]", "She is ill")
    press(page)
    expect(page.locator("#what-it-does")).to_contain_text("no period begins or ends")
    page.get_by_role("button", name="Pause it like that").click()
    expect(page.locator(".phead .pill")).to_contain_text("Paused since Sat, 5 Dec 2026, end unknown")


def goes_on(page: Page, deal: AmbassadorDeal) -> None:
    """Ten days later: what moves is said before it moves."""
    page.goto(f"/ambassadors/{deal.pk}/")
    page.locator(".phead").get_by_role("link", name="Go on").click()
    page.fill("[name=on]", "2026-12-15")
    press(page)
    expect(page.locator("#what-it-does")).to_contain_text("moves by 10 days")
    expect(page.locator("#what-it-does")).to_contain_text("Wed, 10 Mar 2027")
    assert days_of(deal)[0] == ("2026-12-01", "2026-12-31")
    page.get_by_role("button", name="Let it go on").click()
    expect(page.locator("#going-on")).to_contain_text("Paused from Sat, 5 Dec 2026 to Mon, 14 Dec 2026")
    assert days_of(deal) == [("2026-12-01", "2027-01-10"), ("2027-01-11", "2027-02-10"), ("2027-02-11", "2027-03-10")]


def posts_a_reel(page: Page) -> None:
    """On her page, from the task of its card."""
    page.get_by_role("link", name="It is posted").first.click()
    page.fill("[name=url]", "https://www.instagram.com/reel/C4711/")
    page.locator("main button.btn-primary").click()
    page.wait_for_load_state()


def told_in_the_chat(page: Page, deal: AmbassadorDeal) -> None:
    """A Story nobody filed: noted by hand on the page of the period."""
    page.goto(f"/ambassadors/{deal.pk}/periods/1/posted/")
    page.select_option("[name=what]", label="Instagram Story")
    page.fill("[name=said]", "Told me in the chat")
    press(page)
    expect(page.locator("#ledger")).to_contain_text("Told me in the chat")


def a_raise(page: Page, deal: AmbassadorDeal, violations: Violations) -> Contract:
    """From the middle of a period on: both parts of it are shown before anything is written."""
    page.goto(f"/ambassadors/{deal.pk}/change/")
    page.fill("[name=from_on]", "2027-01-20")
    page.fill("[name=retainer_0]", "6000000")
    press(page)
    for words in ("9 of 31 days", "22 of 31 days", "IDR 5,709,677"):
        expect(page.locator("#shown")).to_contain_text(words)
    assert violations(page) == []
    page.locator("button[name=save]").click()
    page.wait_for_url(re.compile(r"/contracts/\d+/"))
    made = Contract.objects.get(amends=deal.contract_id)
    page.locator("#signatures a.btn", has_text="She agreed").click()
    page.fill("[name=said]", "Oke kak, setuju 6 juta dari tanggal 20")
    press(page)
    return made


def notice_a_day_late(page: Page, deal: AmbassadorDeal, violations: Violations) -> None:
    """The page says so before anything is kept; kept, it is marked, and ends the deal with the next term."""
    page.goto(f"/ambassadors/{deal.pk}/notice/")
    page.select_option("[name=kind]", "non_renewal")
    page.select_option("[name=given_by]", "her")
    page.fill("[name=sent_on]", "2027-02-09")
    page.fill("[name=received_on]", "2027-02-09")
    page.fill("[name=note]", "She wants to rest from skincare for a while")
    press(page)
    expect(page.locator(".notice.warn")).to_contain_text("It comes too late")
    expect(page.locator(".notice.warn")).to_contain_text("1 day after 8 February 2027")
    expect(page.locator(".notice.warn")).to_contain_text("10 June 2027")
    assert Notice.objects.count() == 0
    assert violations(page) == []
    page.get_by_role("button", name="Keep it as late").click()
    expect(page.locator("#notices")).to_contain_text("too late")
