"""Who may open and press what: one row for every address Mitra has.

A row is made by `page` (GET), `form` (GET and POST) or `button` (POST). To add an address, add one line:

    "campaign": page(EVERYBODY, lambda s: [s.campaign.pk], brand_bound=True),

The key is the address's name; the first argument is who may; the second makes the arguments of the address from one
side of the world (tests/permissions_world.py); `brand_bound` says that the thing belongs to a brand, so that people
behind the wall get a 404. `data` makes what is posted (without it the form is posted empty), `also` allows further
statuses besides the usual ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crm.messages.models import MessageTemplate
from crm.team.models import Role
from crm.team.permissions import DECIDERS, EVERYBODY, KEEPERS, OWNERS, WORKERS
from tests.permissions_world import Side

NOBODY = "nobody"
VISITOR = "visitor"
"""The influencer on her own page: to everything else a stranger."""

SPENDERS = (*WORKERS, Role.FINANCE)
PAYERS = (*DECIDERS, Role.FINANCE)
OPEN = (*EVERYBODY, VISITOR, NOBODY)
STRANGERS = (VISITOR, NOBODY)
HER_PAGE = (*EVERYBODY, NOBODY, VISITOR)


@dataclass(frozen=True)
class Row:
    """One address. None means that the method does not exist there."""

    get: Sequence[str] | None
    post: Sequence[str] | None
    args: Callable[[Side], Sequence[Any]] | None = None
    brand_bound: bool = False
    query: str = ""
    data: Callable[[Side], dict[str, Any]] | None = None
    also: tuple[int, ...] = ()
    refusal: str = ""
    """What those who may not get, when it is not the usual 403 or sign-in page."""


def page(who: Sequence[str], args: Any = None, **more: Any) -> Row:
    return Row(who, None, args, **more)


def form(who: Sequence[str], args: Any = None, **more: Any) -> Row:
    return Row(who, who, args, **more)


def button(who: Sequence[str], args: Any = None, **more: Any) -> Row:
    return Row(None, who, args, **more)


def draft_rule(s: Any) -> list[int]:
    from crm.reminders.models import Rule

    return [Rule.objects.get(code="DRAFT").pk]


def person(s: Side) -> list[Any]:
    return [s.person.pk]


def incident(s: Side) -> list[Any]:
    return [s.incident.pk]


def incident_person(s: Side) -> int:
    return int(s.incident.people.get().pk)


def bulk_run(s: Side) -> list[Any]:
    return [s.bulk_run.pk]


def own_view(s: Side) -> list[Any]:
    return [s.saved_views[Role.OWNER].pk]


def brief_version(s: Side) -> list[Any]:
    return [s.campaign.pk, 1]


def brief_file(s: Side) -> list[Any]:
    from campaigns.briefs.models import BriefReference

    return [s.campaign.pk, BriefReference.objects.get(version__brief__campaign=s.campaign).file_id]


def brief_template(s: Side) -> list[Any]:
    from campaigns.briefs.models import BriefTemplate

    return [BriefTemplate.objects.get(brand=s.brand).pk]


def event(s: Side) -> list[Any]:
    return [s.guest.event_id]


def wrap_up_item() -> int:
    from campaigns.planning.models import WrapUpItem

    return WrapUpItem.objects.get(code="rights").pk


def campaign(s: Side) -> list[Any]:
    return [s.campaign.pk]


def vote_round(s: Side) -> list[Any]:
    return [s.vote_round.pk]


def card(s: Side) -> list[Any]:
    return [s.collaboration.pk]


def parcel(s: Side) -> list[Any]:
    return [s.shipment.pk]


def return_step(s: Side) -> list[Any]:
    from campaigns.samples.models import ReturnRequest

    return [ReturnRequest.objects.get(shipment=s.shipment).pk, "charge"]


def version(s: Side) -> list[Any]:
    return [s.version.pk]


def live(s: Side) -> list[Any]:
    return [s.post.pk]


def version_note(s: Side) -> list[Any]:
    return [s.version.notes.get().pk]


def check_result(s: Side) -> list[Any]:
    from campaigns.approvals.models import CheckResult

    return [CheckResult.objects.get(version=s.version).pk]


def review_guest(s: Side) -> list[Any]:
    return [s.review_guest.pk]


def own_draft(s: Side) -> list[Any]:
    return [s.visit.pk, s.deliverable.pk]


def sample(s: Side) -> list[Any]:
    return [s.sample.pk]


def orders_file(s: Side) -> list[Any]:
    return [s.money["orders_file"].pk]


def order(s: Side) -> list[Any]:
    return [s.money["order"].pk]


def deliverable(s: Side) -> list[Any]:
    return [s.deliverable.pk]


def email(s: Side) -> list[Any]:
    return [s.email.pk]


def mail(s: Side) -> list[Any]:
    return [s.mail.pk]


def message(s: Side) -> list[Any]:
    return [s.message.pk]


def message_line(s: Side) -> list[Any]:
    return [s.message.pk, s.message_line.pk]


def todo(s: Side) -> list[Any]:
    return [s.todo.pk]


def brand(s: Side) -> list[Any]:
    return [s.brand.pk]


def product(s: Side) -> list[Any]:
    return [s.product.pk]


def variant(s: Side) -> list[Any]:
    return [s.product.variants.get().pk]


def counted(s: Side) -> list[Any]:
    return [s.batch.product_id]


def batch(s: Side) -> list[Any]:
    return [s.batch.pk]


def stock_place(s: Side) -> list[Any]:
    return [s.batch.location_id]


def run(s: Side) -> list[Any]:
    return [s.run.pk]


def intake(s: Side) -> list[Any]:
    return [s.intake.pk]


def account(s: Side) -> list[Any]:
    return [s.person.pk, s.account.pk]


def finding(s: Side) -> list[Any]:
    return [s.finding.pk]


def deal(s: Side) -> list[Any]:
    return [s.person.pk, s.deal.pk]


def own_campaign(s: Side) -> list[Any]:
    return [s.visit.pk, s.collaboration.pk]


def own_contract(s: Side) -> list[Any]:
    return [s.visit.pk, s.sent_contract.pk]


def contract_template(s: Side) -> list[Any]:
    from crm.contracts.models import ContractTemplate

    return [ContractTemplate.objects.earliest("pk").pk]


def contract_clause(s: Side) -> list[Any]:
    from crm.contracts.models import LibraryClause

    return [LibraryClause.objects.earliest("pk").pk]


def program(s: Side) -> list[Any]:
    return [s.program.pk]


def ambassador_deal(s: Side) -> list[Any]:
    return [s.ambassador_deal.pk]


def deal_period(s: Side) -> list[Any]:
    return [s.ambassador_deal.pk, s.deal_period.number]


def ambassador_draft(s: Side) -> list[Any]:
    return [s.ambassador_draft.pk]


def paid(name: str) -> Callable[[Side], list[Any]]:
    """The deal, and something of what it pays."""
    return lambda s: [s.ambassador_deal.pk, s.paid[name]]


def many_contracts(s: Side) -> list[Any]:
    return [s.many_contracts.pk]


def contract(s: Side) -> list[Any]:
    return [s.contract.pk]


def clause(s: Side) -> list[Any]:
    return [s.collaboration.pk, s.clause.pk]


def stands(s: Side) -> list[Any]:
    return [s.person.pk, s.stands.pk]


def authority(s: Side) -> list[Any]:
    return [s.person.pk, s.stands.pk, s.authority.pk]


def colleague(s: Side) -> list[Any]:
    return [s.colleague.pk]


def invitation(s: Side) -> list[Any]:
    return [s.invitation.pk]


def visit(s: Side) -> list[Any]:
    return [s.visit.pk]


TABLE: dict[str, Row] = {
    # ---- the frame and the machines --------------------------------------------------------------------------------
    "healthz": page(OPEN),
    "metrics": page((), refusal="not found"),
    "readyz": page(OPEN, also=(503,)),
    "status": page(KEEPERS),
    "status-json": page((), refusal="not found"),
    "home": page(EVERYBODY),
    "nav-counts": page(EVERYBODY),
    "set-theme": button(OPEN),
    "set_language": button(OPEN, data=lambda s: {"language": "id"}),
    "search": page(EVERYBODY, query="?q=in"),
    "styleguide": form(KEEPERS),
    # ---- signing in ------------------------------------------------------------------------------------------------
    "account_login": form(OPEN),
    "account_logout": form(OPEN),
    "account_inactive": page(OPEN),
    "account_reauthenticate": form(EVERYBODY),
    "account_change_password": form(EVERYBODY),
    "account_set_password": form(EVERYBODY),
    "account_reset_password": form(OPEN),
    "account_reset_password_done": page(OPEN),
    "account_reset_password_from_key_done": page(OPEN),
    "account_reset_password_from_key": form(OPEN, lambda s: ["1", "wrong"]),
    "account_email": form(OPEN),
    "mfa_index": page(EVERYBODY),
    "mfa_authenticate": form(OPEN, refusal="sign in"),
    "mfa_reauthenticate": form(EVERYBODY, also=(403,)),
    "mfa_activate_totp": form(EVERYBODY),
    "mfa_deactivate_totp": form(EVERYBODY, also=(404,)),
    "mfa_view_recovery_codes": page(EVERYBODY, also=(404,)),
    "mfa_generate_recovery_codes": form(EVERYBODY, also=(404,)),
    "mfa_download_recovery_codes": form(EVERYBODY, also=(404,)),
    "mfa_list_webauthn": page(EVERYBODY),
    "mfa_add_webauthn": form(EVERYBODY),
    "mfa_reauthenticate_webauthn": form(EVERYBODY, also=(403,)),
    "mfa_remove_webauthn": form(EVERYBODY, lambda s: [1], also=(404,)),
    "mfa_edit_webauthn": form(EVERYBODY, lambda s: [1], also=(404,)),
    "mfa_login_webauthn": form(OPEN),
    "usersessions_list": form(EVERYBODY),
    # ---- the team and the house ------------------------------------------------------------------------------------
    "setup": form(OPEN),
    "team-accept": form(OPEN, lambda s: ["0" * 64], also=(404,)),
    "team": page(EVERYBODY),
    "team-invite": form(KEEPERS),
    "team-resend": button(KEEPERS, invitation),
    "team-withdraw": button(KEEPERS, invitation),
    "team-colleague": page(KEEPERS, colleague),
    "team-role": button(KEEPERS, colleague),
    "team-brands": button(KEEPERS, colleague),
    "team-deactivate": form(KEEPERS, colleague),
    "team-reactivate": button(KEEPERS, colleague),
    "team-leave": form(DECIDERS, colleague),
    "leave-back": button(DECIDERS, lambda s: [s.leave.pk]),
    "team-hand-over": form(DECIDERS, colleague),
    "team-handed-over": page(DECIDERS, lambda s: [s.handed_over.pk]),
    "team-take-back": button(DECIDERS, lambda s: [s.handed_over.pk]),
    "profile": form(EVERYBODY),
    "everything": page(OWNERS),
    "everything-start": button(OWNERS),
    "everything-progress": page(OWNERS, lambda s: [s.export.pk]),
    "everything-file": button(OWNERS, lambda s: [s.export.pk], also=(404,)),
    "settings": form(KEEPERS),
    "settings-mail": form(KEEPERS),
    # ---- the timeline ----------------------------------------------------------------------------------------------
    "audit": page(DECIDERS),
    "audit-csv": page(DECIDERS),
    "story": page(EVERYBODY, person),
    "entry-file": page(EVERYBODY, lambda s: [s.entry.pk], brand_bound=True),
    # ---- Today -----------------------------------------------------------------------------------------------------
    "today": page(EVERYBODY),
    "calendar-feed": form(EVERYBODY),
    "calendar-ics": page(OPEN, lambda s: ["unknown"], also=(404,)),
    "todo-new": form(EVERYBODY),
    "todo": form(EVERYBODY, todo, brand_bound=True),
    "todo-done": button(EVERYBODY, todo, brand_bound=True),
    "todo-reopen": button(EVERYBODY, todo, brand_bound=True),
    # ---- the influencer's page -------------------------------------------------------------------------------------
    "portal-new-link": form(OPEN),
    "portal-link": form(OPEN, lambda s: ["unknown"], also=(404,)),
    "portal-page": page([VISITOR], visit, refusal="not found"),
    "portal-choices-door": form(OPEN, lambda s: ["unknown"], also=(404,)),
    "portal-choices": form([VISITOR], visit, refusal="not found"),
    "portal-language": button([VISITOR], visit, refusal="not found"),
    "portal-leave": button([VISITOR], visit, refusal="not found"),
    "portal-campaign": page([VISITOR], own_campaign, refusal="not found"),
    "portal-deal": page([VISITOR], lambda s: [s.visit.pk, s.ambassador_deal.pk], refusal="not found"),
    "portal-contract-pdf": page([VISITOR], own_contract, refusal="not found"),
    "portal-draft": form([VISITOR], own_draft, refusal="not found", also=(422,)),
    "portal-draft-save": button([VISITOR], own_draft, refusal="not found"),
    "portal-draft-files": button([VISITOR], own_draft, refusal="not found", also=(422,)),
    "portal-draft-file": form([VISITOR], lambda s: [*own_draft(s), s.upload.key], refusal="not found"),
    "portal-answer": form(
        [VISITOR], lambda s: [s.visit.pk, "deliverable", s.deliverable.pk, "question"], refusal="not found"
    ),
    "outbox-silent": page(EVERYBODY),
    "contact-silence": page(EVERYBODY, lambda s: [s.stands.contact_id]),
    "contact-works": button(WORKERS, lambda s: [s.stands.contact_id]),
    "contact-agreed": button(WORKERS, lambda s: [s.stands.contact_id]),
    "contact-taken-back": button(WORKERS, lambda s: [s.stands.contact_id, "news"]),
    "outbox-unsubscribe": form(OPEN, lambda s: ["unknown"], also=(404,)),
    # ---- brands ----------------------------------------------------------------------------------------------------
    "brands": page(EVERYBODY),
    "brand-new": form(DECIDERS),
    "brand": page(EVERYBODY, brand, brand_bound=True),
    "brand-edit": form(DECIDERS, brand, brand_bound=True),
    "brand-archive": form(DECIDERS, brand, brand_bound=True),
    "brand-restore": form(DECIDERS, brand, brand_bound=True),
    "product-new": form(WORKERS, brand, brand_bound=True),
    "product-edit": form(WORKERS, product, brand_bound=True),
    "product-archive": form(WORKERS, product, brand_bound=True),
    "product-restore": form(WORKERS, product, brand_bound=True),
    "variant-new": form(WORKERS, product, brand_bound=True),
    "variant-edit": form(WORKERS, variant, brand_bound=True),
    "variant-up": button(WORKERS, variant, brand_bound=True),
    "variant-archive": form(WORKERS, variant, brand_bound=True),
    "variant-restore": form(WORKERS, variant, brand_bound=True),
    # ---- people ----------------------------------------------------------------------------------------------------
    "people": page(EVERYBODY),
    "people-filter": page(EVERYBODY),
    "people-choices": page(EVERYBODY),
    "people-bulk": button(EVERYBODY),
    "people-view-save": button(EVERYBODY),
    "paste-people": form(WORKERS),
    "paste-column": form(WORKERS),
    "bulk-runs": page(WORKERS),
    "bulk-run": page(WORKERS, bulk_run),
    "bulk-run-progress": page(WORKERS, bulk_run),
    "bulk-run-continue": button(WORKERS, bulk_run),
    "bulk-run-discard": button(WORKERS, bulk_run),
    "bulk-run-undo": button(WORKERS, bulk_run),
    "bulk-run-result": page(WORKERS, bulk_run),
    "people-views": page(EVERYBODY),
    "people-view-change": button(EVERYBODY, own_view, also=(404,)),
    "people-view-filter": button(EVERYBODY, own_view, also=(404,)),
    "people-view-move": button(EVERYBODY, own_view, also=(404,)),
    "people-view-forget": button(EVERYBODY, own_view, also=(404,)),
    "person-new": form(WORKERS),
    "person": page(EVERYBODY, person),
    "person-details": page(EVERYBODY, person),
    "person-panels": page(EVERYBODY, person),
    "person-edit": form(WORKERS, person),
    "person-cell": form(WORKERS, lambda s: [s.person.pk, "city"]),
    "person-archive": button(WORKERS, person),
    "person-restore": button(WORKERS, person),
    "person-pause": form(WORKERS, person),
    "person-go-on": button(WORKERS, person),
    "person-bar": form(WORKERS, person),
    "person-lift": form(DECIDERS, person),
    "account-new": form(WORKERS, person),
    "account-edit": form(WORKERS, account),
    "account-remove": button(WORKERS, account),
    "snapshot-new": form(WORKERS, account),
    "snapshot-withdraw": button(WORKERS, lambda s: [s.person.pk, s.snapshot.pk]),
    "audience-new": form(WORKERS, person),
    "audience-edit": form(WORKERS, lambda s: [s.person.pk, s.audience.pk]),
    "audience-remove": button(WORKERS, lambda s: [s.person.pk, s.audience.pk]),
    "reply-count-new": form(WORKERS, person),
    "reply-count-remove": button(WORKERS, lambda s: [s.person.pk, s.reply_count.pk]),
    "person-tags": form(WORKERS, person),
    "tag-take": button(WORKERS, lambda s: [s.person.pk, s.tag.pk]),
    "attachment-new": form(WORKERS, person),
    "attachment": page(SPENDERS, lambda s: [s.person.pk, s.attachment.pk]),
    "attachment-remove": button(WORKERS, lambda s: [s.person.pk, s.attachment.pk]),
    "note-pin": button(WORKERS, lambda s: [s.person.pk, s.note.pk]),
    "contact-new": form(WORKERS, person),
    "contact-link": form(WORKERS, person),
    "agent-choices": page(WORKERS, person),
    "contact-edit": form(WORKERS, stands),
    "contact-remove": button(WORKERS, stands),
    "contact-link-send": button(WORKERS, stands, data=lambda s: {"brand": s.world.own.brand.pk}),
    "contact-links-revoke": button(WORKERS, stands),
    "authority-new": form(WORKERS, stands),
    "authority-end": button(WORKERS, authority),
    "authority-file": page(SPENDERS, authority),
    "agents": page(SPENDERS),
    "agent-for-many": button(WORKERS),
    "contact": page(SPENDERS, lambda s: [s.stands.contact_id]),
    "guardian-waiver": form(DECIDERS, person),
    "guardian-needed": button(DECIDERS, person),
    "by-hand": form(WORKERS, lambda s: [999_999], also=(404,)),
    "contact-change": form(WORKERS, lambda s: [s.stands.contact_id]),
    "address-new": form(WORKERS, person),
    "address-edit": form(WORKERS, lambda s: [s.person.pk, s.address.pk]),
    "rate-new": form(WORKERS, person),
    "rate-edit": form(WORKERS, lambda s: [s.person.pk, s.rate.pk]),
    "note-new": form(WORKERS, person),
    "note-edit": form(WORKERS, lambda s: [s.person.pk, s.note.pk]),
    "day-off-new": form(WORKERS, person),
    "detail-remove": button(WORKERS, lambda s: [s.person.pk, "notes", s.note.pk]),
    "look-alikes": page(EVERYBODY),
    "look-alikes-look": button(WORKERS),
    "look-alike-again": button(WORKERS, lambda s: [s.pair.pk]),
    "merge": page(EVERYBODY, lambda s: [s.merge.pk]),
    "merge-part": button(WORKERS, lambda s: [s.merge.pk]),
    "merge-choose": page(WORKERS, person),
    "person-merge": form(WORKERS, lambda s: [s.person.pk, s.namesake.pk]),
    "people-different": button(WORKERS, lambda s: [s.person.pk, s.namesake.pk]),
    "told-me": form(WORKERS, person),
    "told-answer": form(
        WORKERS, lambda s: [s.person.pk, "deliverable", s.deliverable.pk, "question"], brand_bound=True
    ),
    # ---- vetting ---------------------------------------------------------------------------------------------------
    "person-vetting": page(EVERYBODY, person),
    "person-reliability": page(EVERYBODY, person),
    "reliability-csv": page(EVERYBODY, person),
    "vetting-check": form(WORKERS, person),
    "vetting-rate": form(WORKERS, person),
    "vetting-override": form(DECIDERS, lambda s: [s.person.pk, s.check.pk]),
    "check-file": page(EVERYBODY, lambda s: [s.person.pk, s.check.pk]),
    "vetting-sample": form(WORKERS, account),
    "vetting-clear": form(WORKERS, lambda s: [s.person.pk, s.account.pk, "ER_LOW"]),
    "clearance-withdraw": button(WORKERS, lambda s: [s.person.pk, s.clearance.pk]),
    "clearance-file": page(EVERYBODY, lambda s: [s.person.pk, s.clearance.pk]),
    # ---- work elsewhere --------------------------------------------------------------------------------------------
    "barred-people": page(EVERYBODY),
    "clause-new": form(WORKERS, card, brand_bound=True),
    "clause": page(EVERYBODY, clause, brand_bound=True),
    "clause-edit": form(WORKERS, clause, brand_bound=True),
    "clause-end": form(WORKERS, clause, brand_bound=True),
    "clause-drop": button(WORKERS, clause, brand_bound=True),
    "brand-hands": form(DECIDERS, brand, brand_bound=True),
    "promise-later": button(WORKERS, card, brand_bound=True),
    "promise-instead": button(WORKERS, card, brand_bound=True),
    "promise-allow": button(DECIDERS, card, brand_bound=True),
    "deal-told": form(WORKERS, person),
    "deal-seen": form(WORKERS, person),
    "deal-edit": form(WORKERS, deal, brand_bound=True),
    "deal-confirm": button(WORKERS, deal, brand_bound=True),
    "deal-doubt": button(WORKERS, deal, brand_bound=True),
    "deal-remove": button(WORKERS, deal, brand_bound=True),
    "deal-file": page(EVERYBODY, deal, brand_bound=True),
    "findings": page(EVERYBODY),
    "finding": page(EVERYBODY, finding, brand_bound=True),
    "finding-seen": button(WORKERS, finding, brand_bound=True),
    "finding-allow": form(DECIDERS, finding, brand_bound=True),
    "finding-no-conflict": form(DECIDERS, finding, brand_bound=True),
    "finding-open": button(DECIDERS, finding, brand_bound=True),
    "finding-case": button(WORKERS, finding, brand_bound=True),
    "cases": page(SPENDERS),
    "case": page(SPENDERS, lambda s: [s.case.pk], brand_bound=True),
    "case-evidence": form(WORKERS, lambda s: [s.case.pk], brand_bound=True),
    "case-file": page(SPENDERS, lambda s: [s.case.pk, s.evidence.pk], brand_bound=True),
    "case-step": form(WORKERS, lambda s: [s.case.pk, "review"], brand_bound=True),
    # ---- ambassadors -----------------------------------------------------------------------------------------------
    "ambassadors": page(EVERYBODY),
    "ambassadors-filter": page(EVERYBODY),
    "ambassadors-sheet": page(SPENDERS, lambda s: ["csv"]),
    "ambassador-renewals": page(EVERYBODY),
    "ambassador-renewals-filter": page(EVERYBODY),
    "ambassador-review": Row(
        EVERYBODY, WORKERS, lambda s: [s.ambassador_deal.reviews.get().pk], brand_bound=True
    ),
    "ambassador-notice": page(WORKERS, ambassador_deal, brand_bound=True),
    "ambassador-new": form(WORKERS),
    "ambassador-edit": form(WORKERS, ambassador_draft, brand_bound=True),
    "ambassador-many": form(WORKERS),
    "ambassador-pause": form(WORKERS, ambassador_deal, brand_bound=True),
    "ambassador-resume": form(WORKERS, ambassador_deal, brand_bound=True),
    "ambassador-change": form(WORKERS, ambassador_deal, brand_bound=True),
    "ambassador-deal": page(EVERYBODY, ambassador_deal, brand_bound=True),
    "ambassador-panels": page(EVERYBODY, ambassador_deal, brand_bound=True),
    "ambassador-binds": page(EVERYBODY, ambassador_deal, brand_bound=True),
    "ambassadors-at-risk": page(EVERYBODY),
    "ambassador-prospects": page(EVERYBODY),
    "ambassador-prospect-many": form(WORKERS),
    "ambassador-prospect-note": form(WORKERS, person),
    "ambassador-prospect-ask": button(WORKERS, lambda s: [s.prospect.pk], brand_bound=True),
    "ambassador-prospect-drop": form(WORKERS, lambda s: [s.prospect.pk], brand_bound=True),
    "ambassador-money": page(SPENDERS, ambassador_deal, brand_bound=True),
    "ambassador-settle": form((*DECIDERS, Role.FINANCE), paid("line"), brand_bound=True),
    "ambassador-charge": form(DECIDERS, paid("charge"), brand_bound=True),
    "ambassador-orders": page(SPENDERS, ambassador_deal, brand_bound=True),
    "ambassador-sale": form(WORKERS, ambassador_deal, brand_bound=True),
    "ambassador-sales": form(WORKERS, ambassador_deal, brand_bound=True),
    "ambassador-sale-returned": form(WORKERS, paid("sale"), brand_bound=True),
    "ambassador-perks": page(EVERYBODY, ambassador_deal, brand_bound=True),
    "ambassador-perk": form(WORKERS, ambassador_deal, brand_bound=True),
    "ambassador-perk-used": form(WORKERS, paid("perk"), brand_bound=True),
    "ambassador-tier": form(DECIDERS, ambassador_deal, brand_bound=True),
    "ambassador-end": form(DECIDERS, ambassador_deal, brand_bound=True),
    "ambassador-after": page(EVERYBODY, ambassador_deal, brand_bound=True),
    "ambassador-tail": button(WORKERS, paid("tail"), brand_bound=True),
    "ambassador-programs": page(EVERYBODY),
    "ambassador-program-new": form(WORKERS),
    "ambassador-program": page(EVERYBODY, program, brand_bound=True),
    "ambassador-program-edit": form(WORKERS, program, brand_bound=True),
    "ambassador-program-close": button(WORKERS, program, brand_bound=True),
    "ambassador-program-tiers": form(WORKERS, program, brand_bound=True),
    "ambassador-tier-perks": form(WORKERS, lambda s: [s.program.pk, s.tier.pk], brand_bound=True),
    "ambassador-period": page(EVERYBODY, deal_period, brand_bound=True),
    "ambassador-period-close": form(WORKERS, deal_period, brand_bound=True),
    "ambassador-posted": form(WORKERS, deal_period, brand_bound=True),
    "ambassador-waive": form(WORKERS, deal_period, brand_bound=True),
    "ambassador-posted-back": form(WORKERS, lambda s: [*deal_period(s), s.quota_entry.pk], brand_bound=True),
    # ---- who is paid, taxes ----------------------------------------------------------------------------------------
    "tax-calculator": page(SPENDERS),
    "finance": page(SPENDERS),
    "finance-year": page(SPENDERS),
    "finance-taxes": page(SPENDERS, lambda s: ["2026-11", "csv"]),
    "payees": page(SPENDERS),
    "payee-new": form(SPENDERS),
    "payee": page(SPENDERS, lambda s: [s.money["payee"].pk]),
    "payee-edit": form(SPENDERS, lambda s: [s.money["payee"].pk]),
    "payee-checked": button(SPENDERS, lambda s: [s.money["payee"].pk]),
    "payee-archive": button(SPENDERS, lambda s: [s.money["payee"].pk]),
    "payee-account": form(SPENDERS, lambda s: [s.money["payee"].pk]),
    "payee-call": form(PAYERS, lambda s: [s.money["payee"].pk, s.money["waiting_account"].pk]),
    "payee-certificate": form(SPENDERS, lambda s: [s.money["payee"].pk]),
    "payee-certificate-file": button(SPENDERS, lambda s: [s.money["payee"].pk, s.money["certificate"].pk], also=(404,)),
    "payee-reveal": form(PAYERS, lambda s: [s.money["payee"].pk, "tax"]),
    "payee-herself": button(SPENDERS, lambda s: [s.person.pk]),
    "payee-way": form(SPENDERS, lambda s: [s.person.pk]),
    "her-bank": form([VISITOR], lambda s: [s.visit.pk], refusal="not found"),
    "her-bank-code": form([VISITOR], lambda s: [s.visit.pk], refusal="not found"),
    # ---- money that leaves, and its papers -------------------------------------------------------------------------
    "payments": page(SPENDERS),
    "payment-release": form(PAYERS, data=lambda s: {"ids": [s.money["due_line"].pk]}),
    "payments-made": page(SPENDERS),
    "payment": page(SPENDERS, lambda s: [s.money["payment"].pk], brand_bound=True),
    "payment-proof": button(SPENDERS, lambda s: [s.money["payment"].pk], brand_bound=True),
    "payment-paid": form(PAYERS, lambda s: [s.money["payment"].pk], brand_bound=True),
    "payment-back": form(PAYERS, lambda s: [s.money["payment"].pk], brand_bound=True),
    "payment-withdraw": form(PAYERS, lambda s: [s.money["payment"].pk], brand_bound=True),
    "payment-slip": form(PAYERS, lambda s: [s.money["payment"].pk], brand_bound=True),
    "bank-sheets": page(PAYERS),
    "bank-sheet-new": form(PAYERS),
    "bank-sheet": page(PAYERS, lambda s: [s.money["sheet"].pk], brand_bound=True),
    "bank-sheet-file": button(PAYERS, lambda s: [s.money["sheet"].pk, "csv"], brand_bound=True),
    "invoices": page(SPENDERS),
    "invoice-new": form(SPENDERS, lambda s: [s.money["due_line"].pk], brand_bound=True),
    "invoice": page(SPENDERS, lambda s: [s.money["invoice"].pk], brand_bound=True),
    "invoice-file": button(SPENDERS, lambda s: [s.money["invoice"].pk], brand_bound=True),
    "invoice-accept": button(SPENDERS, lambda s: [s.money["invoice"].pk], brand_bound=True),
    "invoice-refuse": form(SPENDERS, lambda s: [s.money["invoice"].pk], brand_bound=True),
    "documents": page(SPENDERS),
    "document": page(SPENDERS, lambda s: [s.money["document"].pk], brand_bound=True),
    "document-pdf": button(SPENDERS, lambda s: [s.money["document"].pk], brand_bound=True),
    "document-void": form(PAYERS, lambda s: [s.money["document"].pk], brand_bound=True),
    "stamp-document": form(PAYERS, lambda s: [s.money["document"].pk], brand_bound=True),
    "stamp-file": button(SPENDERS, lambda s: [s.money["document"].pk], brand_bound=True),
    "her-payments": page([VISITOR], lambda s: [s.visit.pk], refusal="not found"),
    "her-proof": page([VISITOR], lambda s: [s.visit.pk, s.money["payment"].pk], refusal="not found"),
    "her-paper": page([VISITOR], lambda s: [s.visit.pk, s.money["document"].pk], refusal="not found"),
    # ---- contracts -------------------------------------------------------------------------------------------------
    "clock": page(EVERYBODY),
    "contracts": page(EVERYBODY),
    "contract-new": form(WORKERS),
    "contract-templates": page(EVERYBODY),
    "contract-template-new": form(DECIDERS),
    "contract-template": form(DECIDERS, contract_template),
    "contract-template-versions": page(EVERYBODY, contract_template),
    "contract-clause-new": form(DECIDERS),
    "contract-clause": form(DECIDERS, contract_clause),
    "contract-together": button(EVERYBODY),
    "contract-many": form(WORKERS),
    "contract-many-run": form(WORKERS, many_contracts, brand_bound=True),
    "contract-many-progress": page(WORKERS, many_contracts, brand_bound=True),
    "contract-many-continue": button(WORKERS, many_contracts, brand_bound=True),
    "contract-many-discard": button(WORKERS, many_contracts, brand_bound=True),
    "contract-many-sentence": form(WORKERS, many_contracts, brand_bound=True),
    "contract-many-sentence-drop": button(WORKERS, lambda s: [*many_contracts(s), 0], brand_bound=True),
    "contract": page(EVERYBODY, contract, brand_bound=True),
    "contract-edit": form(WORKERS, contract, brand_bound=True),
    "contract-paper": form(WORKERS, contract, brand_bound=True),
    "contract-paper-file": button(EVERYBODY, lambda s: [s.sent_contract.pk], brand_bound=True),
    "contract-pdf": button(EVERYBODY, contract, brand_bound=True),
    "contract-stamp": form(WORKERS, contract, brand_bound=True),
    "contract-term-new": form(WORKERS, lambda s: [s.contract.pk, "line"], brand_bound=True),
    "contract-term-remove": button(WORKERS, lambda s: [s.contract.pk, "line", s.contract.lines.first().pk], brand_bound=True),
    "contract-promise-new": form(WORKERS, lambda s: [s.contract.pk, s.contract.talents[0].pk], brand_bound=True),
    "contract-promise": form(WORKERS, lambda s: [s.contract.pk, s.contract_clause.pk], brand_bound=True),
    "contract-promise-drop": button(WORKERS, lambda s: [s.contract.pk, s.contract_clause.pk], brand_bound=True),
    "contract-signed": form(WORKERS, lambda s: [s.contract.pk, s.contract.talents[0].pk], brand_bound=True),
    "contract-countersign": form(DECIDERS, contract, brand_bound=True),
    "contract-right-down": button(WORKERS, lambda s: [s.contract.pk, s.contract.rights.get().pk], brand_bound=True),
    "contract-hand": form(WORKERS, lambda s: [s.sent_contract.pk, s.stands.contact_id], brand_bound=True),
    "portal-contract": page([VISITOR], own_contract, refusal="not found"),
    "portal-contract-paper": page([VISITOR], own_contract, refusal="not found"),
    "portal-sign": form([VISITOR], own_contract, refusal="not found"),
    "portal-sign-code": form([VISITOR], own_contract, refusal="not found"),
    "contract-right-access": form(WORKERS, lambda s: [s.contract.pk, s.contract.rights.get().pk], brand_bound=True),
    "contract-right-on": form(WORKERS, lambda s: [s.contract.pk, s.contract.rights.get().pk], brand_bound=True),
    "contract-verb": form(WORKERS, lambda s: [s.contract.pk, "void"], brand_bound=True),
    "contract-amend": form(WORKERS, contract, brand_bound=True),
    "contract-change": form(WORKERS, lambda s: [s.amendment.pk, "pay"], brand_bound=True),
    "contract-change-promise": form(WORKERS, lambda s: [s.amendment.pk, s.contract_promise.pk], brand_bound=True),
    "contract-change-drop": button(WORKERS, lambda s: [s.amendment.pk, s.amendment.changes.get().pk], brand_bound=True),
    "contract-right-extend": form(WORKERS, lambda s: [s.contract.pk, s.contract.rights.get().pk], brand_bound=True),
    "contract-renew": form(WORKERS, contract, brand_bound=True),
    "contract-replace": form(WORKERS, contract, brand_bound=True),
    "contract-end": form(WORKERS, contract, brand_bound=True),
    "contract-notice": form(WORKERS, contract, brand_bound=True),
    "contract-milestones": form(SPENDERS, contract, brand_bound=True),
    "contract-kill": form(DECIDERS, contract, brand_bound=True),
    "milestone-extra": form(DECIDERS, lambda s: [s.contract.pk, s.money["bonus_line"].pk], brand_bound=True),
    "commission-statements": page(SPENDERS),
    "commission-statement": page(SPENDERS, lambda s: [s.money["statement"].pk], brand_bound=True),
    "contract-notice-paper": page(
        EVERYBODY, lambda s: [s.contract.pk, s.contract.notices.get().pk], brand_bound=True
    ),
    "contract-notice-arrived": form(WORKERS, lambda s: [s.contract.pk, s.contract.notices.get().pk], brand_bound=True),
    # ---- imports ---------------------------------------------------------------------------------------------------
    "imports": page(WORKERS),
    "import-new": form(WORKERS),
    "import-run": page(WORKERS, run),
    "import-columns": form(WORKERS, run),
    "import-forget": button(WORKERS, run),
    "import-sheet": button(WORKERS, run),
    "import-progress": page(WORKERS, run),
    "import-confirm": button(WORKERS, run),
    "import-continue": button(WORKERS, run),
    "import-discard": button(WORKERS, run),
    "import-person": button(WORKERS, lambda s: [s.run.pk, s.row.line]),
    "import-undo": form(WORKERS, run),
    "import-kept": page(WORKERS, run),
    "import-trouble": page(WORKERS, run),
    "intakes": page(WORKERS, lambda s: ["running"]),
    "intake-new": form(WORKERS, lambda s: ["running"]),
    "intake": page(WORKERS, intake),
    "intake-columns": form(WORKERS, intake),
    "intake-sheet": button(WORKERS, intake),
    "intake-progress": page(WORKERS, intake),
    "intake-confirm": button(WORKERS, intake),
    "intake-continue": button(WORKERS, intake),
    "intake-discard": button(WORKERS, intake),
    "intake-take-back": button(WORKERS, intake),
    "intake-accept": button(WORKERS, lambda s: [s.intake.pk, "create_people"]),
    "intake-trouble": page(WORKERS, intake),
    "imported-remind": button(WORKERS, intake),
    # ---- messages to people ----------------------------------------------------------------------------------------
    "messages": page(EVERYBODY),
    "message-new": form(WORKERS, query="?audience=people&all_matching=1", also=(404,)),
    "message": page(EVERYBODY, message, brand_bound=True),
    "message-edit": form(WORKERS, message, brand_bound=True),
    "message-lines": page(EVERYBODY, message, brand_bound=True),
    "message-progress": page(EVERYBODY, message, brand_bound=True),
    "message-send": button(WORKERS, message, brand_bound=True),
    "message-continue": button(WORKERS, message, brand_bound=True),
    "message-discard": button(WORKERS, message, brand_bound=True),
    "message-call-off": button(WORKERS, message, brand_bound=True),
    "message-preview": page(EVERYBODY, message_line, brand_bound=True),
    "message-html": page(EVERYBODY, message_line, brand_bound=True),
    "message-by-hand": form(WORKERS, lambda s: [s.message_line.pk], brand_bound=True),
    "message-files": form(WORKERS, message, brand_bound=True),
    "message-file": page(EVERYBODY, lambda s: [s.message.pk, s.message.files.get().pk], brand_bound=True),
    "message-file-remove": button(WORKERS, lambda s: [s.message.pk, s.message.files.get().pk], brand_bound=True),
    "message-templates": page(EVERYBODY),
    "message-template-new": form(WORKERS),
    "message-template": form(WORKERS, lambda s: [MessageTemplate.objects.get(code="thank-you").pk]),
    # ---- the outbox ------------------------------------------------------------------------------------------------
    "outbox": page(EVERYBODY),
    "outbox-planned": page(EVERYBODY),
    "inbox": page(WORKERS),
    "inbox-mail": page(WORKERS, mail, brand_bound=True),
    "inbox-about": form(WORKERS, mail, brand_bound=True),
    "inbox-note": button(WORKERS, mail, brand_bound=True),
    "inbox-set-aside": button(WORKERS, mail, brand_bound=True),
    "inbox-take-back": button(WORKERS, mail, brand_bound=True),
    "inbox-release": button(WORKERS, mail, brand_bound=True),
    "inbox-prolong": button(WORKERS, mail, brand_bound=True),
    "inbox-file": page(WORKERS, lambda s: [s.mail.pk, s.mail.files.get().pk], brand_bound=True),
    "inbox-source": page(WORKERS, mail, brand_bound=True),
    "outbox-rules": page(EVERYBODY),
    "reminder-rule": page(EVERYBODY, draft_rule),
    "reminder-rule-switch": button(DECIDERS, draft_rule),
    "outbox-why": page(EVERYBODY, query="?q=Kirana"),
    "outbox-email": page(EVERYBODY, email, brand_bound=True),
    "outbox-email-html": page(EVERYBODY, email, brand_bound=True),
    "outbox-retry": button(WORKERS, email, brand_bound=True),
    "outbox-resend": button(WORKERS, email, brand_bound=True),
    "outbox-leave": button(WORKERS, email, brand_bound=True),
    "outbox-call-off": button(WORKERS, email, brand_bound=True),
    "outbox-pass-on": form(WORKERS, email, brand_bound=True),
    "outbox-pass-on-again": button(WORKERS, email, brand_bound=True),
    "outbox-take-back": button(WORKERS, email, brand_bound=True),
    "outbox-pause": form(KEEPERS),
    "outbox-resume": form(KEEPERS),
    "outbox-redirect": form(KEEPERS),
    # ---- campaigns -------------------------------------------------------------------------------------------------
    "campaigns": page(EVERYBODY),
    "campaign-new": form(WORKERS),
    "campaign-from-list": button(WORKERS),
    "campaign": page(EVERYBODY, campaign, brand_bound=True),
    "campaign-copy": form(WORKERS, campaign, brand_bound=True),
    "campaign-edit": form(WORKERS, campaign, brand_bound=True),
    "campaign-wrap-up": Row(EVERYBODY, WORKERS, campaign, brand_bound=True),
    "campaign-report": page(EVERYBODY, campaign, brand_bound=True),
    "campaign-tiers": page(EVERYBODY, campaign, brand_bound=True),
    "report-settings": form(WORKERS, campaign, brand_bound=True),
    "wrap-up-tick": button(WORKERS, lambda s: [s.campaign.pk, wrap_up_item()], brand_bound=True),
    "wrap-up-note": button(WORKERS, lambda s: [s.campaign.pk, "learned"], brand_bound=True),
    "calendar": page(EVERYBODY),
    "calendar-move": form(WORKERS, query="?pick=deliverable.post:1", data=lambda s: {"pick": "deliverable.post:1"}),
    "calendar-undo": button(WORKERS),
    "campaign-feed": form(EVERYBODY, campaign, brand_bound=True),
    "campaign-plan": page(EVERYBODY, campaign, brand_bound=True),
    "campaign-rows": form(WORKERS, lambda s: [s.campaign.pk, "channels"], brand_bound=True),
    "campaign-brief": Row(EVERYBODY, WORKERS, campaign, brand_bound=True, data=lambda s: {"save": "1", "seen": ""}),
    "brief-release": form(WORKERS, campaign, brand_bound=True),
    "brief-throw-away": button(WORKERS, campaign, brand_bound=True),
    "brief-versions": page(EVERYBODY, campaign, brand_bound=True),
    "brief-pdf": page(EVERYBODY, brief_version, brand_bound=True),
    "brief-keep": form(WORKERS, brief_version, brand_bound=True),
    "brief-file": page(EVERYBODY, brief_file, brand_bound=True),
    "brief-her-pdf": page(EVERYBODY, card, brand_bound=True),
    "brief-library": page(EVERYBODY),
    "brief-template": page(EVERYBODY, brief_template, brand_bound=True),
    "brief-template-retire": button(WORKERS, brief_template, brand_bound=True),
    "campaign-kpis": page(WORKERS),
    "campaign-goal": page(EVERYBODY, campaign, brand_bound=True),
    "kpi-share": button(WORKERS, lambda s: [s.campaign.kpis.get().pk], brand_bound=True),
    "collaboration-shares": form(WORKERS, card, brand_bound=True),
    "campaign-door": form(WORKERS, campaign, brand_bound=True),
    "campaign-people": page(WORKERS, campaign, brand_bound=True),
    "campaign-people-add": button(WORKERS, campaign, brand_bound=True),
    "campaign-bulk": form(
        WORKERS, campaign, brand_bound=True, query="?action=move&all_matching=1",
        data=lambda s: {"action": "move", "all_matching": "1"},
    ),
    "vote-rounds": page(EVERYBODY, campaign, brand_bound=True),
    "vote-round-new": form(WORKERS, campaign, brand_bound=True),
    "vote-round": page(EVERYBODY, vote_round, brand_bound=True),
    "vote-preview": page(EVERYBODY, vote_round, brand_bound=True),
    "vote-round-days": form(WORKERS, vote_round, brand_bound=True),
    "vote-round-people": form(WORKERS, vote_round, brand_bound=True),
    "vote-round-voters": form(WORKERS, vote_round, brand_bound=True),
    "vote-round-do": button(WORKERS, lambda s: [s.vote_round.pk, "close"], brand_bound=True),
    "ballot-told": form(WORKERS, lambda s: [s.ballot.pk], brand_bound=True),
    "ballot-do": button(WORKERS, lambda s: [s.ballot.pk, "revoke"], brand_bound=True),
    "ballot": form(OPEN, lambda s: ["unknown"], also=(404,)),
    "ballot-list": page(OPEN, lambda s: ["unknown", "csv"], also=(404,)),
    "campaign-verb": form(WORKERS, lambda s: [s.campaign.pk, "pause"], brand_bound=True),
    "campaign-shortlist": page(EVERYBODY, campaign, brand_bound=True),
    "campaign-shortlist-file": page(WORKERS, lambda s: [s.campaign.pk, "csv"], brand_bound=True),
    "campaign-fit-weights": form(WORKERS, campaign, brand_bound=True),
    "campaign-fit-house": button(WORKERS, campaign, brand_bound=True),
    "campaign-versus": page(EVERYBODY, campaign, brand_bound=True),
    "collaboration": page(EVERYBODY, card, brand_bound=True),
    "offer-new": page(WORKERS, card, brand_bound=True),
    "offer-take": button(WORKERS, card, brand_bound=True),
    "offer-withdraw": button(WORKERS, card, brand_bound=True),
    "offer-let-go": form(WORKERS, card, brand_bound=True),
    "offer-hand": form(WORKERS, lambda s: [s.offer.pk, s.stands.contact_id], brand_bound=True),
    "caption-checks": form(EVERYBODY, data=lambda s: {"caption": "Halo"}),
    "check-waive": form(DECIDERS, check_result, brand_bound=True),
    "check-again": button(WORKERS, version, brand_bound=True),
    "check-tick": form(WORKERS, version, brand_bound=True),
    "hand-in": form(WORKERS, deliverable, brand_bound=True, also=(422,)),
    "hand-in-save": button(WORKERS, deliverable, brand_bound=True),
    "hand-in-files": button(WORKERS, deliverable, brand_bound=True, also=(422,)),
    "hand-in-file": form(WORKERS, lambda s: [s.deliverable.pk, s.upload.key], brand_bound=True),
    "review-file": page(EVERYBODY, lambda s: [s.asset.pk], brand_bound=True),
    "reviews": page(EVERYBODY),
    "review": page(EVERYBODY, version, brand_bound=True),
    "reviews-approve": button(WORKERS),
    "review-note": button(WORKERS, version, brand_bound=True),
    "review-solve-all": button(WORKERS, version, brand_bound=True),
    "review-note-edit": form(WORKERS, version_note, brand_bound=True),
    "review-note-remove": button(WORKERS, version_note, brand_bound=True),
    "review-note-cite": button(WORKERS, version_note, brand_bound=True),
    "review-note-solve": button(WORKERS, version_note, brand_bound=True),
    "approval-policies": page(EVERYBODY),
    "house-approvals": form(KEEPERS),
    "brand-approvals": form(DECIDERS, lambda s: [s.brand.pk], brand_bound=True),
    "campaign-approvals": form(DECIDERS, campaign, brand_bound=True),
    "review-guests": page(EVERYBODY, campaign, brand_bound=True),
    "review-guest-hand": form(WORKERS, review_guest, brand_bound=True),
    "review-guest-do": button(WORKERS, lambda s: [s.review_guest.pk, "revoke"], brand_bound=True),
    "review-hand": form(WORKERS, lambda s: [s.version.review.pk, s.stands.contact_id], brand_bound=True),
    "portal-take-back": button([VISITOR], lambda s: [s.visit.pk, s.version.pk], refusal="not found"),
    "guest-new-link": form(OPEN),
    "guest-door": form(OPEN, lambda s: ["unknown"], also=(404,)),
    "guest-page": page(OPEN, review_guest, also=(404,)),
    "guest-version": form(OPEN, lambda s: [s.review_guest.pk, s.version.pk], also=(404,)),
    "guest-note": button(OPEN, lambda s: [s.review_guest.pk, s.version.pk], also=(404,)),
    "guest-note-gone": button(OPEN, lambda s: [s.review_guest.pk, s.version.pk, 1], also=(404,)),
    "guest-file": page(OPEN, lambda s: [s.review_guest.pk, 1], also=(404,)),
    "review-decide": button(WORKERS, version, brand_bound=True),
    "review-withdraw": form(WORKERS, version, brand_bound=True),
    "live-post": page(EVERYBODY, live, brand_bound=True),
    "live-post-look": form(WORKERS, live, brand_bound=True),
    "live-post-proof-add": form(WORKERS, live, brand_bound=True),
    "live-post-proof": page(EVERYBODY, lambda s: [s.post.pk, s.deliverable.proof_id], brand_bound=True),
    "campaign-numbers": page(EVERYBODY, campaign, brand_bound=True),
    "numbers-type": form(WORKERS, campaign, brand_bound=True),
    "numbers-pictures": form(WORKERS, campaign, brand_bound=True),
    "numbers-file": form(WORKERS, campaign, brand_bound=True),
    "numbers-template": page(EVERYBODY, campaign, brand_bound=True),
    "numbers-picture": page(EVERYBODY, lambda s: [s.money["screenshot"].pk], brand_bound=True),
    "numbers-picture-leave-out": button(WORKERS, lambda s: [s.money["screenshot"].pk], brand_bound=True),
    "numbers-undo": button(WORKERS, lambda s: [s.money["snapshot"].pk], brand_bound=True),
    "numbers-withdraw": form(WORKERS, lambda s: [s.money["snapshot"].pk], brand_bound=True),
    "numbers-evidence": page(EVERYBODY, lambda s: [s.money["snapshot"].pk], brand_bound=True),
    "her-numbers": form([VISITOR], lambda s: [s.visit.pk, s.post.pk], refusal="not found", also=(422,)),
    "post-numbers": page(EVERYBODY, live, brand_bound=True),
    "live-check": button(WORKERS, lambda s: [s.live_check.pk], data=lambda s: {"is_live": "yes"}, brand_bound=True),
    "deviations": page(EVERYBODY),
    "deviation-step": form(WORKERS, lambda s: [s.deviation.pk, "accept"], brand_bound=True),
    "deliverable-replies": form(WORKERS, deliverable, brand_bound=True),
    "sample": page(EVERYBODY, sample, brand_bound=True),
    "samples": page(EVERYBODY),
    "samples-bulk": button(WORKERS),
    "samples-ship": form(WORKERS),
    "samples-waybills": form(WORKERS),
    "sample-put-together": form(WORKERS, sample, brand_bound=True),
    "parcel-pack": button(WORKERS, parcel, brand_bound=True),
    "parcel-ship": form(WORKERS, parcel, brand_bound=True),
    "parcel-cancel": form(WORKERS, parcel, brand_bound=True),
    "parcel-news": form(WORKERS, parcel, brand_bound=True),
    "parcel-label": page(WORKERS, parcel, brand_bound=True),
    "sample-new": form(WORKERS, card, brand_bound=True),
    "sample-gift": form(WORKERS, person),
    "sample-approve": button(DECIDERS, sample, brand_bound=True),
    "sample-decline": form(DECIDERS, sample, brand_bound=True),
    "sample-cancel": form(WORKERS, sample, brand_bound=True),
    "sample-handed": form(WORKERS, sample, brand_bound=True),
    "sample-paid-back": form(WORKERS, sample, brand_bound=True),
    "sample-pay": form(WORKERS, sample, brand_bound=True),
    "stock": page(EVERYBODY),
    "stock-csv": page(EVERYBODY),
    "stock-receive": form(WORKERS),
    "stock-product": page(EVERYBODY, counted, brand_bound=True),
    "stock-count": form(WORKERS, batch, brand_bound=True),
    "stock-write-off": form(WORKERS, batch, brand_bound=True),
    "stock-place-new": form(WORKERS),
    "stock-place": form(WORKERS, stock_place, brand_bound=True),
    "stock-place-close": button(WORKERS, stock_place, brand_bound=True),
    "parcel-ends": form(WORKERS, lambda s: [s.shipment.pk, "lost"], brand_bound=True),
    "sample-gifts": page(EVERYBODY),
    "sample-gifts-export": page(EVERYBODY),
    "campaign-samples-export": page(EVERYBODY, campaign, brand_bound=True),
    "return-step": form(WORKERS, return_step, brand_bound=True),
    "gift-outcome": form(WORKERS, sample, brand_bound=True),
    "gift-touch": form(WORKERS, sample, brand_bound=True),
    "sample-enough": button(WORKERS, sample, brand_bound=True),
    "collaboration-put": form(WORKERS, card, brand_bound=True),
    "collaboration-pillar": button(WORKERS, card, brand_bound=True),
    "brief-send": button(WORKERS, card, brand_bound=True),
    "brief-hand": form(WORKERS, lambda s: [s.collaboration.pk, s.stands.contact.pk], brand_bound=True),
    "brief-variant": form(WORKERS, card, brand_bound=True),
    "brief-use-ask": button(WORKERS, card, brand_bound=True),
    "brief-use-photo": page(EVERYBODY, card, brand_bound=True),
    "campaign-codes": page(EVERYBODY, campaign, brand_bound=True),
    "code-pattern": button(WORKERS, campaign, brand_bound=True),
    "code-new": form(WORKERS, card, brand_bound=True),
    "code-retire": form(WORKERS, lambda s: [s.code.pk], brand_bound=True),
    "tracked-link-edit": form(WORKERS, deliverable, brand_bound=True),
    "tracked-link-close": button(WORKERS, lambda s: [s.tracked_link.pk], brand_bound=True),
    "tracked-link-open": button(WORKERS, lambda s: [s.tracked_link.pk], brand_bound=True),
    # A visit of a link that is there is counted; tests/campaigns/tracking/test_clicks.py looks at those.
    "tracked-link": page(OPEN, lambda s: ["nowhere"], also=(404,)),
    "events": page(EVERYBODY),
    "event-new": form(WORKERS),
    "event": page(EVERYBODY, event, brand_bound=True),
    "event-edit": form(WORKERS, event, brand_bound=True),
    "event-move": form(WORKERS, event, brand_bound=True),
    "event-cancel": form(WORKERS, event, brand_bound=True),
    "event-again": button(WORKERS, event, brand_bound=True),
    "event-guests": form(WORKERS, event, brand_bound=True),
    "event-invite": button(WORKERS, event, brand_bound=True),
    "event-attendance": form(WORKERS, event, brand_bound=True),
    "event-guests-csv": page(EVERYBODY, event, brand_bound=True),
    "campaign-events": page(EVERYBODY, campaign, brand_bound=True),
    "collaboration-terms": form(WORKERS, card, brand_bound=True),
    "collaboration-over": form(WORKERS, card, brand_bound=True),
    "collaboration-pause": button(WORKERS, card, brand_bound=True),
    "collaboration-resume": button(WORKERS, card, brand_bound=True),
    "collaboration-remind": button(WORKERS, card, brand_bound=True),
    "card-contract-new": button(WORKERS, card, brand_bound=True),
    "card-contract-link": form(WORKERS, card, brand_bound=True),
    "card-contract-match": form(WORKERS, card, brand_bound=True),
    "card-contract-plan": button(WORKERS, card, brand_bound=True),
    "card-contract-unlink": button(WORKERS, card, brand_bound=True),
    "deliverable-new": form(WORKERS, card, brand_bound=True),
    "deliverable-edit": form(WORKERS, deliverable, brand_bound=True),
    "deliverable-late": form(WORKERS, deliverable, brand_bound=True),
    "deliverable-counts": form(WORKERS, deliverable, brand_bound=True),
    "period-plan-missing": button(WORKERS, lambda s: [s.deal_period.pk], brand_bound=True),
    "deliverable-drop": form(WORKERS, deliverable, brand_bound=True),
    "deliverable-reopen": button(WORKERS, deliverable, brand_bound=True),
    "deliverable-proof": page(EVERYBODY, deliverable, brand_bound=True),
    "report-links": form(WORKERS, campaign, brand_bound=True),
    "report-link-take-back": button(WORKERS, lambda s: [s.report_link.pk], brand_bound=True),
    "shared-report-door": form(OPEN, lambda s: ["unknown"], also=(404,)),
    "manager-home": page(DECIDERS),
    "person-report": page(EVERYBODY, person),
    "deal-report": page(EVERYBODY, ambassador_deal, brand_bound=True),
    "report-pdf": page(EVERYBODY, campaign, brand_bound=True),
    "report-xlsx": page(EVERYBODY, campaign, brand_bound=True),
    "shared-report-file": page(OPEN, lambda s: [s.report_link.pk, "pdf"], also=(404,)),
    "shared-report": page(OPEN, lambda s: [s.report_link.pk], also=(404,)),
    "result-file": page(WORKERS, orders_file, brand_bound=True),
    "result-file-columns": button(WORKERS, orders_file, brand_bound=True),
    "result-file-bring": button(WORKERS, orders_file, brand_bound=True),
    "result-file-undo": button(WORKERS, orders_file, brand_bound=True),
    "result-file-discard": button(WORKERS, orders_file, brand_bound=True),
    "campaign-orders": page(EVERYBODY, campaign, brand_bound=True),
    "campaign-costs": Row(EVERYBODY, WORKERS, campaign, brand_bound=True),
    "cost-drop": button(WORKERS, lambda s: [s.money["cost"].pk], brand_bound=True),
    "campaign-lift": Row(EVERYBODY, WORKERS, campaign, brand_bound=True),
    "campaign-happened": button(WORKERS, campaign, brand_bound=True),
    "happened-drop": button(WORKERS, lambda s: [s.money["confounder"].pk], brand_bound=True),
    "lift-drop": button(WORKERS, lambda s: [s.money["lift"].pk], brand_bound=True),
    "orders-file": form(WORKERS, campaign, brand_bound=True),
    "orders-again": button(WORKERS, campaign, brand_bound=True),
    "order-give": form(WORKERS, order, brand_bound=True),
    "order-return": form(WORKERS, order, brand_bound=True),
    "order-hooks": form(DECIDERS, lambda s: [s.brand.pk], brand_bound=True),
    "order-hook-secret": button(DECIDERS, lambda s: [s.money["hook"].pk], brand_bound=True),
    "order-hook-close": button(DECIDERS, lambda s: [s.money["hook"].pk], brand_bound=True),
    # Whoever does not sign as a known shop does is refused; tests/campaigns/results/orders looks at those who do.
    "hook-orders": button(OPEN, lambda s: ["nowhere"], also=(401,)),
    "portal-data": form([VISITOR], lambda s: [s.visit.pk, s.person.pk], refusal="not found"),
    "privacy-requests": page(DECIDERS),
    "privacy-request": page(DECIDERS, lambda s: [s.privacy_request.pk]),
    "privacy-step": button(DECIDERS, lambda s: [s.privacy_request.pk, "refuse"]),
    "privacy-file": button(DECIDERS, lambda s: [s.privacy_request.pk], also=(404,)),
    "privacy-holds": page(DECIDERS),
    "hold-lift": form(KEEPERS, lambda s: [s.legal_hold.pk]),
    "person-data": form(WORKERS, person),
    "person-hold": form(KEEPERS, person),
    "privacy-consents": page(DECIDERS),
    "privacy-consent-proof": page(DECIDERS, lambda s: [s.stands.contact_id]),
    "privacy-consent-stopped": form(WORKERS, lambda s: [s.consent.pk]),
    "privacy-incidents": page(KEEPERS),
    "privacy-incident-new": form(KEEPERS),
    "privacy-incident": page(KEEPERS, incident),
    "privacy-incident-edit": form(KEEPERS, incident),
    "privacy-incident-authority": form(KEEPERS, incident),
    "privacy-incident-close": form(KEEPERS, incident),
    "privacy-incident-people": form(KEEPERS, incident),
    "privacy-incident-tell": form(KEEPERS, incident),
    "privacy-incident-told": form(KEEPERS, lambda s: [*incident(s), incident_person(s)]),
    "privacy-retention": page(DECIDERS),
    "privacy-retention-rule": Row(DECIDERS, KEEPERS, lambda s: ["sessions"]),
}  # fmt: skip

ADMIN = "admin:"
"""The administration's own addresses: owners and admins (tests/crm/test_admin.py walks through every table)."""
