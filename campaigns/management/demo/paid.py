"""Money of the season: four contracts of the wrapped campaign that are paid as far as they are, and who is paid how."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from djmoney.money import Money
from PIL import Image, ImageDraw

from campaigns.management.demo.agreed import sign_both
from campaigns.management.demo.counted import WRAPPED
from campaigns.management.demo.people import marked
from campaigns.planning.actions.contracts import Wish, write_contract
from campaigns.planning.models import Collaboration
from crm.base.files.kinds import Kind
from crm.base.files.upload import SafeFile, keep
from crm.base.zones import local_date
from crm.contracts.actions.terms import add_term
from crm.contracts.models import Contract, PayLine
from crm.exclusivity.models import BreachCase
from crm.influencers.models import Influencer
from crm.payments.milestones.cash import WHOLE
from crm.payments.milestones.giving import give
from crm.payments.milestones.laying import AFTER, USUAL, Part, Terms, lay
from crm.payments.milestones.meeting import look
from crm.payments.models import BankAccount, LedgerLine, Milestone, Payee, Payment
from crm.payments.papers.invoices import InvoiceSaid, accept, receive, refuse
from crm.payments.payees.accounts import confirm, enter_account
from crm.payments.payees.entering import add_payee, herself, note_check, pay_through
from crm.payments.paying.actions import pay, release, send
from crm.payments.queries import open_amounts
from crm.team.models import User
from crm.timeline.record import Actor

DAYS = dt.timedelta(days=1)
GOODS = (1_800_000, 640_000)
"""A box of products: what it sells for, and what it costs the brand."""
LATER = {1: (11, 14), 4: (3, 2)}
"""Two agreed on a day: the second and the last. How long ago that was, and within how many days they are paid from then on."""


@dataclass(frozen=True)
class Till:
    """Who does it, and when."""

    team: dict[str, User]
    now: dt.datetime

    @property
    def actor(self) -> Actor:
        return Actor.user(self.team["coordinator"])

    @property
    def finance(self) -> User:
        return self.team["finance"]

    @property
    def today(self) -> dt.date:
        return local_date(self.now, "Asia/Jakarta")


def pay_people(team: dict[str, User], now: dt.datetime) -> None:
    """One is paid, one is with the bank, one is released, one waits for an invoice and is late."""
    till = Till(team, now)
    cards = list(
        Collaboration.objects.promised()
        .filter(campaign__name=WRAPPED, party__isnull=True, fee__gt=0)
        .exclude(influencer__in=BreachCase.objects.values("influencer"))
        .select_related("campaign__brand", "influencer")
        .order_by("pk")[:5]
    )
    if len(cards) < 5:
        return
    _company(cards[2:4], till)
    for card in (cards[0], cards[1]):
        _herself(card.influencer, till, number=f"0{card.pk:04d}88120041")
    lines = [_earned(card, till, LATER.get(place), half_goods=place == 0) for place, card in enumerate(cards)]
    _invoice(lines[0], till, "001/VIII/2026", 45, accepted=True)
    _paid(lines[0], till, days=38)
    for line, number in ((lines[2], "BT-2026-118"), (lines[3], "BT-2026-119")):
        _invoice(line, till, number, 20, accepted=True)
    first, second = (_released(line, till, days=9 - place) for place, line in enumerate(lines[2:4]))
    send([first], at=now - 2 * DAYS, user=till.finance)
    marked(*Payment.objects.filter(pk__in=[first.pk, second.pk]))
    _invoice(lines[1], till, "07/2026", 3, accepted=False)
    _ambassadors(till)


def _earned(card: Collaboration, till: Till, later: tuple[int, int] | None, *, half_goods: bool) -> LedgerLine:
    """Under a contract since before she posted; what she posted made it due, or the day that was agreed."""
    at = till.now - 112 * DAYS
    contract = write_contract(card, Wish(), at=at, actor=till.actor)
    marked(contract)
    if half_goods:
        goods = PayLine(
            contract=contract, party=contract.talents[0], kind="product", amount=GOODS[0], note="A box of Lumi"
        )
        add_term(goods, at=at, actor=till.actor)
    ago, net_days = later or (60, 14)
    on_its_day = (Part(WHOLE, Milestone.Trigger.DATE, on=till.today - ago * DAYS),)
    lay(contract, on_its_day if later else USUAL[AFTER].parts, Terms(net_days, True), at=at, actor=till.actor)
    sign_both(contract, till.team, at)
    if half_goods:
        _gave(contract, card.influencer, till)
    look(contract, at=till.now - ago * DAYS, actor=till.actor)
    return LedgerLine.objects.due().get(contract=contract, influencer=card.influencer)


def _gave(contract: Contract, person: Influencer, till: Till) -> None:
    retail, cost = GOODS
    on = till.today - 80 * DAYS
    give(
        "product", Money(cost, "IDR"), retail=Decimal(retail), key=f"demo:box:{contract.pk}", influencer=person.pk,
        brand=contract.brand_id, contract=contract.pk, on=on, at=till.now - 80 * DAYS, by=till.actor.label,
        label="A box of Lumi, four products",
    )  # fmt: skip


def _herself(person: Influencer, till: Till, *, number: str, is_confirmed: bool = True) -> Payee:
    at = till.now - 120 * DAYS
    payee = herself(person)
    payee.tax_id_status, payee.tax_number = Payee.TaxId.NIK_VALID, f"32730455{person.pk:08d}"
    add_payee(payee, person=person, on=till.today - 365 * DAYS, at=at, actor=till.actor)
    note_check(payee, at=at, actor=Actor.user(till.finance))
    _account(payee, till, at if is_confirmed else till.now - DAYS, number, is_confirmed=is_confirmed)
    return payee


def _company(cards: Sequence[Collaboration], till: Till) -> None:
    """An agency with VAT that is paid for two of them."""
    at = till.now - 120 * DAYS
    payee = Payee(
        name="PT Bintang Talenta Nusantara", kind=Payee.Kind.COMPANY, tax_id_status=Payee.TaxId.NPWP,
        tax_number="0911223344556000", is_vat_registered=True, address="Jl. Kenanga 8, Bandung 40115",
    )  # fmt: skip
    add_payee(payee, on=till.today, at=at, actor=till.actor)
    for card in cards:
        pay_through(card.influencer, payee, since_on=till.today - 365 * DAYS, at=at, actor=till.actor)
    note_check(payee, at=at, actor=Actor.user(till.finance))
    _account(payee, till, at, "1300099887766", is_confirmed=True)


def _account(payee: Payee, till: Till, at: dt.datetime, number: str, *, is_confirmed: bool) -> None:
    """Entered by the coordinator; finance has called."""
    account = BankAccount(bank="Bank Nusa Raya", bank_code="999", number=number, holder=payee.name)
    enter_account(payee, account, at=at, actor=till.actor, user=till.team["coordinator"])
    if is_confirmed:
        confirm(account, "Called on the number of the contract", at=at + DAYS, user=till.finance)
    marked(payee, account)


def _invoice(line: LedgerLine, till: Till, number: str, days: int, *, accepted: bool) -> None:
    _invoice_over([line], till, number, days, accepted=accepted)


def _invoice_over(lines: Sequence[LedgerLine], till: Till, number: str, days: int, *, accepted: bool) -> None:
    """One invoice of hers over these lines, received so many days ago and looked at the day after."""
    at, first = till.now - days * DAYS, lines[0]
    amount = Money(sum(line.amount.amount for line in lines), first.amount.currency)
    said = InvoiceSaid(number, local_date(at, "Asia/Jakarta"), amount, file=_page(f"Invoice {number}", first))
    invoice = receive(lines, said, at=at, actor=Actor("contact", str(first.influencer)))
    if accepted:
        accept(invoice, at=at + DAYS, user=till.finance)
    marked(invoice)


def _released(line: LedgerLine, till: Till, *, days: int) -> Payment:
    return release({line: None}, pay_on=till.today + 2 * DAYS, at=till.now - days * DAYS, user=till.finance)


def _paid(line: LedgerLine, till: Till, *, days: int) -> None:
    at = till.now - days * DAYS
    on = local_date(at, "Asia/Jakarta")
    payment = release({line: None}, pay_on=on, at=at - DAYS, user=till.finance)
    proof = SafeFile(_drawn(f"Transfer {on:%d.%m.%Y}", str(payment.net)), Kind.PNG, "bukti-transfer.png", 600, 800)
    pay(payment, paid_on=on, proof=proof, bank_ref="TRF-88123", at=at, actor=Actor.user(till.finance))
    payment.refresh_from_db()
    marked(payment, payment.proof)


def _ambassadors(till: Till) -> None:
    """Of those who get a retainer the first changed her account, the last sent an invoice that went back; the others sent theirs."""
    lines = LedgerLine.objects.due().filter(kind="retainer", due_on__gte=till.today).order_by("on", "pk")
    first, *_between, second = lines.select_related("influencer", "brand")
    _herself(first.influencer, till, number="7700112233", is_confirmed=False)
    _herself(second.influencer, till, number="5500664411")
    _sent_theirs(till, second)
    at = till.now - DAYS
    said = InvoiceSaid(
        "11/2026", local_date(at, "Asia/Jakarta"), second.amount / 2, file=_page("Invoice 11/2026", second)
    )
    invoice = receive([second], said, at=at, actor=Actor("contact", str(second.influencer)))
    refuse(
        invoice,
        "The amount is half of what is due. Please send it again over the whole.",
        at=at + DAYS / 2,
        user=till.finance,
    )
    marked(invoice)


def _sent_theirs(till: Till, other_than: LedgerLine) -> None:
    """Whatever ambassadors earned until six days ago stands on an invoice that was accepted, one of each of them."""
    earned = LedgerLine.objects.due().filter(contract__kind=Contract.Kind.AMBASSADOR, on__lt=till.today - 6 * DAYS)
    asked = list(earned.select_related("influencer", "brand", "contract").order_by("on", "pk"))
    open_now = open_amounts(asked)
    each: dict[int, list[LedgerLine]] = {}
    for line in asked:
        if open_now[line.pk] and line.influencer_id != other_than.influencer_id:
            each.setdefault(line.influencer_id, []).append(line)
    for number, theirs in enumerate(each.values(), start=41):
        _invoice_over(theirs, till, f"{number}/2026", 5, accepted=True)


def _page(title: str, line: LedgerLine) -> Any:
    file = keep(SafeFile(_drawn(title, str(line.amount)), Kind.PNG, "invoice.png", 600, 800), by=str(line.influencer))
    marked(file)
    return file


def _drawn(title: str, amount: str) -> io.BytesIO:
    """A page with a title and an amount."""
    picture = Image.new("RGB", (600, 800), "#ffffff")
    pen = ImageDraw.Draw(picture)
    pen.text((48, 60), title, fill="#101828", font_size=34)
    pen.line((48, 130, 552, 130), fill="#d0d5dd", width=2)
    pen.text((48, 170), "Total", fill="#475467", font_size=26)
    pen.text((552, 170), amount, fill="#101828", font_size=26, anchor="ra")
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    return out
