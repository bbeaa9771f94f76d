"""Six digits by e-mail: made once, kept as a hash, tried at most so often, used once.

A code belongs to the visit that asked for it and to the document it was asked for. Somebody who signs for several people
gets one code; each person has a row of her own with it, so that each signature has its code and no code signs twice.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.formats import minutes_until
from crm.contracts.models import Contract, Party, SigningCode
from crm.outbox.compose import enqueue
from crm.outbox.models import Email
from crm.portal.digits import are_right, digits_of, new_digits
from crm.portal.models import PortalSession

MOST_TRIES = 5
AGAIN_AFTER = dt.timedelta(seconds=60)
WITHIN, MOST_WITHIN = dt.timedelta(hours=1), 5


@dataclass(frozen=True)
class Codes:
    """The rows of one code, the one that counts the tries first."""

    rows: Sequence[SigningCode]

    @property
    def first(self) -> SigningCode:
        return self.rows[0]

    @property
    def parties(self) -> list[int]:
        return [row.party_id for row in self.rows]


def code_of(row: SigningCode) -> str:
    """The digits behind a row; no table holds them."""
    return digits_of(row.code_hash)


def newest_codes(session: PortalSession, contract: Contract) -> Codes | None:
    """What this visit asked for last about this contract, whatever became of it."""
    mine = SigningCode.objects.filter(session=session, party__contract=contract)
    last = mine.order_by("-created_at", "-pk").first()
    if last is None:
        return None
    return Codes(list(mine.filter(code_hash=last.code_hash).order_by("pk")))


def ask_code(
    contract: Contract, parties: Sequence[Party], session: PortalSession, name: str, *, document: str, at: dt.datetime
) -> Email | None:
    """Send a code to whoever visits; None when there is no address that works. Raises ValidationError: not so often."""
    kept = new_digits()
    with transaction.atomic():
        stored = Contract.objects.select_for_update(of=("self",)).select_related("paper").get(pk=contract.pk)
        check_same_words(stored, document)
        _check_not_too_often(parties, at)
        rows = [
            SigningCode.objects.create(
                party=party, session=session, document_sha256=document, code_hash=kept, name=name, created_at=at,
                expires_at=at + dt.timedelta(minutes=settings.CODE_LIVES),
            )
            for party in parties
        ]  # fmt: skip
        return _mail(contract, rows[0], at)


def _mail(contract: Contract, row: SigningCode, at: dt.datetime) -> Email | None:
    return enqueue(
        "contract_code",
        to=row.session.link.contact,
        key=f"contract_code/{row.pk}",
        at=at,
        context={"title": contract.title, "brand": contract.brand.name, "minutes": settings.CODE_LIVES},
        late_fields={"signing": {"code": row.pk}},
        from_name=contract.brand.name,
        influencer_ref=row.party.influencer_id,
        brand_ref=contract.brand_id,
        sender_ref=contract.owner_id,
        urgent=True,
        ignores_quiet_hours=True,
    )


def _check_not_too_often(parties: Sequence[Party], at: dt.datetime) -> None:
    asked = SigningCode.objects.filter(party__in=parties, created_at__gt=at - WITHIN)
    if asked.filter(created_at__gt=at - AGAIN_AFTER).exists():
        raise ValidationError(
            _("A code is on its way. Look at your e-mail; you can ask for another one in a minute."), code="too_soon"
        )
    newest = asked.filter(party=parties[0]).order_by("-created_at").values_list("created_at", flat=True)
    if len(earlier := newest[:MOST_WITHIN]) == MOST_WITHIN:
        raise _too_many(minutes_until(earlier[MOST_WITHIN - 1] + WITHIN, at))


def _too_many(minutes: int) -> ValidationError:
    said = ngettext(
        "That were many codes within an hour. Ask again in %(minutes)s minute, or write to us and we find another way.",
        "That were many codes within an hour. Ask again in %(minutes)s minutes, or write to us and we find another way.",
        minutes,
    )
    return ValidationError(said % {"minutes": minutes}, code="too_many")


def check_same_words(contract: Contract, document: str) -> None:
    """What she read is what is signed. Raises ValidationError."""
    if contract.status != Contract.Status.SENT:
        raise ValidationError(_("This contract is not open for signing any more."), code="closed")
    if contract.document_sha256 != document:
        raise ValidationError(
            _("The contract was changed after you opened it. Read it again, then sign."), code="changed"
        )


def try_code(codes: Codes | None, typed: str, *, at: dt.datetime) -> Codes:
    """Count this try, then compare. Raises ValidationError with what to do; the try stays counted."""
    if codes is None:
        raise ValidationError(_("Ask for a code first."), code="none")
    row = codes.first
    open_rows = SigningCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=at, tries__lt=MOST_TRIES)
    if not open_rows.update(tries=F("tries") + 1):
        raise _why_not(SigningCode.objects.get(pk=row.pk), at)
    if not are_right(row.code_hash, typed):
        raise ValidationError(
            _("That is not the code in our newest e-mail. Look at it again and type all six digits."), code="wrong"
        )
    return codes


def _why_not(row: SigningCode, at: dt.datetime) -> ValidationError:
    if row.used_at is not None:
        return ValidationError(_("This code was used already."), code="used")
    if row.expires_at <= at:
        return ValidationError(_("This code has run out. Ask for a new one."), code="expired")
    return ValidationError(_("That was tried too often. Ask for a new code."), code="tries")


def use_codes(codes: Codes, *, at: dt.datetime) -> None:
    """Within the transaction that signs: used once. Raises ValidationError."""
    pks = [row.pk for row in codes.rows]
    if SigningCode.objects.filter(pk__in=pks, used_at=None).update(used_at=at) != len(pks):
        raise ValidationError(_("This code was used already."), code="used")
