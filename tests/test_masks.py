"""Bank and tax numbers in files, mail and the story: pages are asked one by one in tests/test_permissions.py."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.csv_out import xlsx_response
from crm.outbox.models import Contact, Email
from crm.payments.models import BankAccount, Document
from crm.payments.payees.accounts import confirm, enter_account
from crm.payments.paying.actions import came_back, pay, release, send, slip_noted
from crm.privacy.own.archive import write_archive
from crm.privacy.whose import her_of
from crm.team.models import Role
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import RepresentationFactory, UserFactory
from tests.factories.payments import NOON, ON, account_for, ready_line
from tests.permissions_money import WHOLE_NUMBERS
from tests.permissions_table import TABLE
from tests.permissions_world import World, build
from tests.whole_numbers import holds_whole

pytestmark = pytest.mark.django_db

HOLD_THEM = {
    "bank-sheet-file csv": "a bank cannot send money to a masked number; each time it is told",
    "bank-sheet-file xlsx": "the same as a workbook",
    "document-pdf": "a bill or receipt has to name the tax number; each time it is told",
}
"""The files that hand out whole numbers, each with its reason."""

FILES = {
    **{f"{name} {kind}": (name, kind, "") for name in ("ambassadors-sheet", "finance-taxes", "bank-sheet-file",
       "campaign-shortlist-file") for kind in ("csv", "xlsx")},
    **{f"{name} {kind}": (name, "", f"?as={kind}") for name in ("finance-year", "sample-gifts-export", "campaign-samples-export")
       for kind in ("csv", "xlsx")},
    **{name: (name, "", "") for name in ("document-pdf", "contract-pdf", "brief-pdf", "brief-her-pdf", "report-pdf",
       "report-xlsx", "audit-csv", "reliability-csv", "event-guests-csv", "stock-csv")},
}  # fmt: skip
"""Every address that answers with a file of ours, in each of its kinds."""


def taken(client: Client, world: World, name: str, kind: str, query: str) -> bytes:
    row = TABLE[name]
    args = list(row.args(world.own)) if row.args else []
    url = reverse(name, args=[*args[:-1], kind] if kind else args) + query
    answer = client.get(url) if row.get else client.post(url)
    assert answer.status_code == 200, url
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return body


def test_files_hold_whole_numbers_only_where_they_have_to(client: Client) -> None:
    """PDFs are read page by page and workbooks part by part."""
    world = build()
    paper = Document.objects.get(pk=world.own.money["document"].pk)
    paper.said = {"language": "en", "payee": "Kirana Putri", "tax_number": WHOLE_NUMBERS[0].decode()}
    paper.save()
    client.force_login(world.users[Role.OWNER])
    held = {said for said, asked in FILES.items() if holds_whole(taken(client, world, *asked), WHOLE_NUMBERS)}
    assert held == set(HOLD_THEM)
    hers = io.BytesIO()
    write_archive(hers, her_of(world.person.pk), "en", world.now)
    assert holds_whole(hers.getvalue(), WHOLE_NUMBERS), "Her own file is hers whole, and opens with a code"


def test_a_whole_number_is_found_however_it_is_packed_and_written() -> None:
    """The control of the test above."""
    number = b"0012345678901234"
    answer = xlsx_response("a.xlsx", ["Number"], [["0012.3456 7890-1234"]], zone="UTC")
    inner = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    answer.file_to_stream.close()  # type: ignore[union-attr]
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as box:
        box.writestr("tables/inner.xlsx", inner)
    packed = [inner, outer.getvalue(), b"0012 3456\xc2\xa07890 1234"]
    assert [holds_whole(body, [number]) for body in [*packed, b"0012345678901235"]] == [True, True, True, False]


def test_neither_mail_nor_story_holds_a_whole_number() -> None:
    """From a new account to the money that came back: every mail it writes, and every line it leaves."""
    ratna, budi = UserFactory(role=Role.FINANCE), UserFactory(role=Role.OWNER)
    line = ready_line()
    RepresentationFactory(influencer=line.influencer, contact__kind=Contact.Kind.PERSON, contact__phone="+628123456789")
    payee = BankAccount.objects.get().payee
    new = account_for(payee, verified=False, number="0099887766554433")
    new.pk = None
    BankAccount.objects.waiting().delete()
    actor = Actor.user(ratna)
    new = enter_account(payee, new, at=NOON, actor=actor, user=ratna)
    confirm(new, "She said it herself", at=NOON + dt.timedelta(hours=1), user=budi)
    first = release({line: None}, pay_on=ON, at=NOON, user=ratna)
    send([first], at=NOON, user=ratna)
    came_back(first, "Account closed", on=ON, at=NOON, actor=actor)
    second = release({line: None}, pay_on=ON, at=NOON, user=ratna)
    pay(second, paid_on=ON, bank_ref="FT 4711", at=NOON, actor=actor)
    slip_noted(second, "BP-1", at=NOON, actor=actor)
    mails = Email.objects.values_list("name", "subject", "text", "html", "context", "late_fields")
    assert {name for name, *_words in mails} == {"account_entered", "payment_back", "payment_made"}
    told = json.dumps([*map(list, mails), *map(list, Entry.objects.values_list("sentence_en", "sentence_id", "changes",
                       "quote", "subject_label"))], default=str)  # fmt: skip
    assert not holds_whole(told.encode(), WHOLE_NUMBERS)
