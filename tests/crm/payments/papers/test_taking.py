"""Files that name a bank account or a tax number: pressed, and each time told in her story."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from crm.base.models import StoredFile
from crm.payments.models import Document, Payment, StampMark, TaxCertificate
from crm.payments.paying.actions import pay, release
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories.payments import NOON, ON, invoice_for, ready_line

pytestmark = pytest.mark.django_db


def file(name: str) -> StoredFile:
    return StoredFile.objects.create(
        file=ContentFile(b"%PDF-1.7", name), label=name, mime="application/pdf", size=8, sha256="d" * 64
    )


def paid(user: User) -> Payment:
    payment = release({ready_line(): None}, pay_on=ON, at=NOON, user=user)
    pay(payment, paid_on=ON, at=NOON, actor=SYSTEM)
    return payment


@pytest.fixture
def addresses(coordinator: User) -> dict[str, str]:
    """Of one payment and everything about it: what each file is called, and where it is pressed."""
    payment = paid(coordinator)
    Payment.objects.filter(pk=payment.pk).update(proof=file("proof.pdf"))
    receipt = Document.objects.get(series__kind="receipt", payment=payment)
    StampMark.objects.create(document=receipt, serial="AB12", on=ON, file=file("stamped.pdf"))
    invoice = invoice_for(payment.parts.get().line, file=file("invoice.pdf"))
    paper = TaxCertificate.objects.create(
        payee=payment.payee, kind="exempt", number="SKB-1", valid_from=ON, valid_to=ON, file=file("exempt.pdf")
    )
    return {
        f"{receipt.name}.pdf": reverse("document-pdf", args=[receipt.pk]),
        "stamped.pdf": reverse("stamp-file", args=[receipt.pk]),
        "invoice.pdf": reverse("invoice-file", args=[invoice.pk]),
        "proof.pdf": reverse("payment-proof", args=[payment.pk]),
        "exempt.pdf": reverse("payee-certificate-file", args=[paper.payee_id, paper.pk]),
    }


def test_whoever_takes_a_file_with_an_account_or_a_tax_number_is_told(
    client: Client, coordinator: User, addresses: dict[str, str]
) -> None:
    client.force_login(coordinator)
    before, hers = Entry.objects.count(), Payment.objects.get().influencer_id
    for address in addresses.values():
        assert client.get(address).status_code == 405
        answer: Any = client.post(address)
        assert (answer.status_code, answer["Content-Disposition"][:11], b"".join(answer)[:4]) == (
            200,
            "attachment;",
            b"%PDF",
        )
    told = Entry.objects.order_by("pk").values_list("sentence_en", "actor_id", "influencer_id")[before:]
    assert list(told) == [(f"{name} was taken as a file", coordinator.pk, hers) for name in addresses]


def test_a_file_that_is_gone_was_not_taken(client: Client, coordinator: User) -> None:
    payment = paid(coordinator)
    client.force_login(coordinator)
    before = Entry.objects.count()
    for stored in (None, file("lost.pdf")):
        if stored is not None:
            stored.file.delete(save=True)
        Payment.objects.filter(pk=payment.pk).update(proof=stored)
        assert client.post(reverse("payment-proof", args=[payment.pk])).status_code == 404
    assert Entry.objects.count() == before
