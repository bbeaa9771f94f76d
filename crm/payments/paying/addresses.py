"""Where what stands against a payment is put right."""

from django.urls import reverse

from crm.payments.models import LedgerLine, Payee


def payee_page(payee: Payee) -> str:
    return reverse("payee", args=[payee.pk])


def new_payee(influencer_id: int) -> str:
    return f"{reverse('payee-new')}?person={influencer_id}"


def account_of(payee: Payee) -> str:
    return f"{payee_page(payee)}#accounts"


def contract_page(pk: int) -> str:
    return reverse("contract", args=[pk])


def invoice_page(pk: int) -> str:
    return reverse("invoice", args=[pk])


def new_invoice(line: LedgerLine) -> str:
    return reverse("invoice-new", args=[line.pk])


def case_page(pk: int) -> str:
    return reverse("case", args=[pk])
