"""What is pressed and typed between posts that are out and money that is paid, step by step."""

import re
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from campaigns.planning.models import Campaign
from crm.contracts.models import Contract
from crm.payments.models import BankAccount, Payee, Payment
from tests.chaos.sink import Sink
from tests.journeys.ambassador_steps import Open, Violations, her_page, letter, press

SAID = {
    "kirana": ("21,4rb", "15.200", "1.140", "82"),
    "sari.pagi": ("5.210", "3.900", "640", "71"),
    "dewi.lestari": ("96rb", "61rb", "5.400", "310"),
    "ayu.wandari": ("402rb", "255rb", "14,2rb", "890"),
    "nadia.senja": ("30.100", "22.400", "1.980", "144"),
}
"""Handle: views, reach, likes, comments, as the screenshot has them, in the order of the boxes."""
REDEEMED = """code,date,redemptions,revenue
KIRANA10,2026-11-20,3,810000
KIRANA10,2026-11-21,2,540000
KIRANA10,2026-11-22,many,270000
"""


def clean(page: Page, violations: Violations) -> None:
    found = violations(page)
    assert found == [], found


def pictures(folder: Path) -> list[str]:
    """One screenshot each, named by the handle."""
    names = [str(folder / f"{handle} insights.png") for handle in SAID]
    for shade, name in enumerate(names):
        Image.new("RGB", (360, 640), (40 * shade, 60, 90)).save(name)
    return names


def type_five(page: Page, campaign: Campaign, folder: Path) -> float:
    """Screenshots in, then nothing but keys: how many seconds the five took."""
    page.goto(f"/campaigns/{campaign.pk}/numbers/")
    page.set_input_files("#pictures", pictures(folder))
    page.get_by_role("button", name="Add pictures").click()
    expect(page.locator("#desk img.shot")).to_be_visible()
    begun = time.perf_counter()
    for _stop in SAID:
        handle = re.match(r"\S+", page.locator(".number-picture h2").inner_text())
        assert handle is not None
        expect(page.locator("#desk [autofocus]")).to_be_focused()
        for number, said in enumerate(SAID[handle[0]]):
            if number:
                page.keyboard.press("Tab")
            page.keyboard.type(said)
        with page.expect_response(lambda answer: "/numbers/type/" in answer.url and answer.status == 200):
            page.keyboard.press("Enter")
        expect(page.locator(".number-picture h2", has_text=handle[0])).to_have_count(0)
    took = time.perf_counter() - begun
    expect(page.locator("#desk")).to_contain_text("Nothing waits")
    return took


def redemptions(page: Page, campaign: Campaign, folder: Path, violations: Violations) -> None:
    """A file with one row that cannot be read: seen first, then brought in without it."""
    file = folder / "redemptions.csv"
    file.write_text(REDEEMED)
    page.goto(f"/campaigns/{campaign.pk}/orders/")
    page.get_by_role("link", name="Bring orders").first.click()
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator(".kpis")).to_contain_text("Left out")
    expect(page.locator("main")).to_contain_text("“many” is not a number of redemptions from 1 to 500.")
    clean(page, violations)
    page.get_by_role("button", name="Bring it in").click()
    page.locator("dialog[open] button.btn-primary").click()
    expect(page.locator(".page-head, main").first).to_contain_text("Brought in")


def the_report(page: Page, campaign: Campaign, violations: Violations) -> None:
    """Tiles, the benchmark with its number of posts, and sizes beside each other."""
    page.goto(f"/campaigns/{campaign.pk}/results/")
    expect(page.locator(".report-on")).to_contain_text("5")
    tiles = page.locator(".report-tiles")
    expect(tiles).to_contain_text("Reach")
    expect(page.locator("#benchmarks")).to_contain_text("n = 2")
    expect(page.locator("#orders .sumline")).to_contain_text("IDR 1.4M")
    expect(page.locator("#people")).to_contain_text("Kirana Maheswari")
    clean(page, violations)
    page.get_by_role("link", name="By tier").click()
    expect(page.locator("table tbody tr")).to_have_count(2)
    clean(page, violations)


def shared(page: Page, campaign: Campaign, open_page: Open, violations: Violations) -> Page:
    """The address is told once; whoever has it reads the client's report on a phone, by day and by night."""
    page.goto(f"/campaigns/{campaign.pk}/report/links/")
    page.fill("[name=label]", "Board of Lumi")
    page.locator("aside button[type=submit], form button:has-text('Make a link')").first.click()
    address = page.locator("#new-link").inner_text()
    stranger = open_page(re.sub(r"^https?://[^/]+", "", address), width=390)
    clean(stranger, violations)
    stranger.get_by_role("button", name="Open the report").click()
    expect(stranger.locator("h1")).to_contain_text("Glow Ramadan")
    told = stranger.locator("main").inner_text()
    assert "Kirana Maheswari" in told
    assert not [words for words in ("5,000,000", "3,000,000", "What it cost") if words in told]
    clean(stranger, violations)
    assert stranger.evaluate("document.documentElement.scrollWidth") <= 390
    return stranger


def says_what_is_missing(page: Page, violations: Violations) -> None:
    """Nobody to pay, and no invoice: each with the way to put it right."""
    page.goto("/payments/")
    row = page.locator("tr[data-row]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("IDR 5,000,000")
    expect(row.locator("li")).to_have_count(2)
    assert row.locator("input[name=ids]").count() == 0
    clean(page, violations)


def her_details(open_page: Open, post_office: Sink, violations: Violations) -> Page:
    """On a phone: where her money goes, with six digits from her mail."""
    page = her_page(open_page, post_office)
    expect(page.locator("#money")).to_contain_text("IDR 5,000,000")
    clean(page, violations)
    page.locator("#bank a").click()
    page.fill("[name=bank]", "Bank Nusa")
    page.fill("[name=number]", "0012 3456 7890 1234")
    page.fill("[name=holder]", "Kirana Maheswari")
    clean(page, violations)
    page.get_by_role("button", name="Send me the code").click()
    page.wait_for_url("**/bank/code/")
    code = re.search(r"\b\d{6}\b", str(letter(post_office, r"\d{6}")["Subject"]))
    assert code is not None
    page.fill("[name=code]", code[0])
    clean(page, violations)
    page.get_by_role("button", name="Enter this account").click()
    expect(page.locator(".p-thanks")).to_contain_text("1234 is here")
    assert "0012345678901234" not in page.content()
    return page


def her_invoice(page: Page, folder: Path, violations: Violations) -> None:
    """The amount stands there already; a number and a photo are all she has to add."""
    photo = folder / "invoice.png"
    Image.new("RGB", (600, 800), "white").save(photo)
    page.get_by_role("link", name="Back to my page").click()
    page.get_by_role("link", name="Send the invoice").click()
    assert page.input_value("[name=amount]") == "5,000,000"
    page.fill("[name=number]", "INV/2026/7")
    page.set_input_files("[name=file]", str(photo))
    clean(page, violations)
    page.locator("main button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("your invoice is with us")


def called_back(page: Page, violations: Violations) -> None:
    """A colleague rings the number known before."""
    account = BankAccount.objects.get()
    page.goto(f"/payees/{account.payee_id}/")
    page.get_by_role("link", name="Note the call").click()
    page.select_option("[name=number]", index=0)
    page.fill("[name=who]", "Kirana")
    page.check("[name=said][value=hers]")
    clean(page, violations)
    press(page)
    expect(page.locator("#accounts .pill")).to_have_text("Confirmed by a call")


def looked_up(page: Page, payee: Payee) -> None:
    """What the tax office knows her by."""
    page.goto(f"/payees/{payee.pk}/edit/")
    page.select_option("[name=tax_id_status]", "nik_valid")
    page.fill("[name=tax_number]", "3171234567890001")
    page.check("[name=checked]")
    press(page)
    expect(page.locator("#tax")).to_contain_text("···0001")


def accepted(page: Page, violations: Violations) -> None:
    page.goto("/payments/invoices/")
    page.get_by_role("link", name="INV/2026/7").click()
    clean(page, violations)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".page-head .pill")).to_have_text("Accepted")


def released(page: Page, contract: Contract, violations: Violations) -> Payment:
    """Five million in money and goods that cost three: the tax of both comes out of the money."""
    page.goto("/payments/")
    expect(page.locator("tr[data-row] .pill")).to_have_text("Ready")
    page.check("tr[data-row] input[name=ids]")
    page.locator(".bulk-bar button", has_text="Release").click()
    for words in ("IDR 200,000", "IDR 4,800,000", "Serum", "IDR 3,000,000", "···1234"):
        expect(page.locator("main")).to_contain_text(words)
    clean(page, violations)
    page.get_by_role("button", name="Release", exact=True).click()
    page.wait_for_load_state()
    payment = Payment.objects.get()
    assert (int(payment.gross), int(payment.tax), int(payment.net)) == (5_000_000, 200_000, 4_800_000)
    return payment


def to_the_bank(page: Page, payment: Payment, violations: Violations) -> None:
    """A sheet whose file alone has the whole number."""
    page.goto("/payments/made/")
    page.check(f"input[name=ids][value='{payment.pk}']")
    page.locator(".bulk-bar button[name=action]").click()
    press(page)
    expect(page.locator("main")).to_contain_text("IDR 4,800,000")
    assert "0012345678901234" not in page.content()
    clean(page, violations)
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV").click()
    assert "0012345678901234" in Path(taken.value.path()).read_text()


def noted_as_paid(page: Page, payment: Payment, folder: Path, violations: Violations) -> None:
    proof = folder / "proof.png"
    Image.new("RGB", (400, 700), "white").save(proof)
    page.goto(f"/payments/made/{payment.pk}/paid/")
    page.fill("[name=bank_ref]", "TRX-88")
    page.set_input_files("[name=proof]", str(proof))
    press(page)
    expect(page.locator(".page-head .pill")).to_have_text("Paid")
    expect(page.locator("#papers")).to_contain_text("Proof of the bank")
    clean(page, violations)


def reads_that_it_is_paid(page: Page, violations: Violations) -> None:
    """Amount, day, tax and proof, on her phone."""
    page.goto("/".join(page.url.split("/")[:5]) + "/payments/")
    paid = page.locator("#paid")
    for words in ("IDR 4,800,000", "24 November 2026", "IDR 200,000 of tax was withheld", "Proof of the bank"):
        expect(paid).to_contain_text(words)
    clean(page, violations)
    address = paid.get_by_role("link", name="Proof of the bank").get_attribute("href")
    assert page.request.get(str(address)).status == 200
