"""First values of the form: whom the page before was about, what was agreed before, or what a draft says now."""

from typing import Any

from django.http import HttpRequest

from crm.ambassadors.making.asked import of_commission, of_contract, of_deal, of_rules
from crm.ambassadors.making.promise import asked_of
from crm.ambassadors.making.terms import QuotaTerms
from crm.ambassadors.models import AmbassadorDeal, Program
from crm.ambassadors.places import DealHint, deal_hints
from crm.ambassadors.schedule.cycles import spans
from crm.ambassadors.schedule.laying import cycle_of
from crm.brands.models import Brand
from crm.contracts.models import PayLine
from crm.influencers.models import Format, Influencer
from crm.team.models import User


def asked_first(request: HttpRequest, user: User) -> tuple[dict[str, Any], list[DealHint]]:
    """Whom and which programme the address names, and what was agreed with her before."""
    person, program = _person(request, user), _program(request, user)
    found: dict[str, Any] = {"program": program.pk} if program else {}
    if person is not None:
        found |= {"who": person.stage_name, **({"zone": person.zone} if person.zone else {})}
    brand = program.brand_id if program else number_in(request, "brand")
    if person is None or not Brand.objects.visible_to(user).filter(pk=brand).exists():
        return found, []
    hints = hints_of(person.pk, brand)
    chosen = next((one for one in hints if one.ref == request.GET.get("from")), hints[0] if hints else None)
    return {**found, **(_agreed(chosen) if chosen else {})}, hints


def hints_of(person: int, brand: int) -> list[DealHint]:
    return [hint for placed in deal_hints.all() for hint in placed.call(person, brand)]


def _agreed(hint: DealHint) -> dict[str, Any]:
    known = Format.objects.select_related("platform").in_bulk([pk for pk, _count in hint.formats])
    quotas = [QuotaTerms(known[pk], count) for pk, count in hint.formats if pk in known and count]
    return {"quotas": quotas, **({"retainer": hint.fee} if hint.fee is not None else {})}


def number_in(request: HttpRequest, name: str) -> int:
    """A number of the address; 0 for anything else."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def _person(request: HttpRequest, user: User) -> Influencer | None:
    return Influencer.objects.visible_to(user).filter(pk=number_in(request, "person")).first()


def _program(request: HttpRequest, user: User) -> Program | None:
    """The programme itself, or the only one of the brand."""
    seen = Program.objects.visible_to(user).running()
    if asked := number_in(request, "program"):
        return seen.filter(pk=asked).first()
    brand = number_in(request, "brand")
    of_brand = list(seen.filter(brand=brand)[:2]) if brand else []
    return of_brand[0] if len(of_brand) == 1 else None


def as_drafted(deal: AmbassadorDeal) -> dict[str, Any]:
    """What a draft says, as the form asks it."""
    contract, first = deal.contract, deal.quotas.order_by("pk").first()
    rate, rule = deal.retainers.order_by("from_on").first(), deal.commissions.order_by("from_on").first()
    lines = {line.kind: line for line in contract.lines.all()}
    product = lines.get(PayLine.Kind.PRODUCT)
    fee = lines.get(PayLine.Kind.CASH_FEE)
    return {
        "who": deal.influencer.stage_name, "program": deal.program_id, "start_on": contract.start_on,
        "end_on": contract.end_on, "is_open": contract.end_on is None, "months": None, "renewal": contract.renewal,
        "template": contract.wording.template_id if contract.wording else None, "title": contract.title, "category": contract.category_id or "", "zone": contract.zone,
        "retainer": rate.amount if rate else None, "tax": fee.tax if fee else "", "quotas": _quotas(deal),
        "percent": f"{rule.rate_bp / 100:g}" if rule else None, **_in_kind(product, deal), **asked_of(contract),
        **_of(deal, of_deal), **_of(contract, of_contract), **_of(first, of_rules), **_of(rule, of_commission),
    }  # fmt: skip


def _quotas(deal: AmbassadorDeal) -> list[QuotaTerms]:
    rows = deal.quotas.select_related("format__platform").prefetch_related("quantities").order_by("pk")
    pairs = [(line, next(iter(line.quantities.all()), None)) for line in rows]
    return [QuotaTerms(line.format, first.quantity, line.note) for line, first in pairs if first is not None]


def _in_kind(product: PayLine | None, deal: AmbassadorDeal) -> dict[str, Any]:
    """Products are kept as their sum over the term; the form asks for those of one period."""
    if product is None or product.amount is None:
        return {}
    start_on, end_on = deal.contract.start_on, deal.contract.end_on
    parts = len(spans(cycle_of(deal), start_on, end_on)) if start_on and end_on else 1
    note, _sep, _each = product.note.rpartition(", ")
    return {
        "in_kind": type(product.amount)(product.amount.amount / parts, product.amount.currency),
        "in_kind_note": note,
    }


def _of(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    if row is None:
        return {}
    ids = {name for name in names if row._meta.get_field(name).is_relation}
    return {name: getattr(row, f"{name}_id" if name in ids else name) for name in names}
