"""Who reads what is owed, who lets money go, and who sees whole numbers of accounts and taxes."""

from crm.team.models import Role
from crm.team.permissions import DECIDERS, WORKERS, permit

MONEY_READERS = (*WORKERS, Role.FINANCE)
PAYERS = (*DECIDERS, Role.FINANCE)

permit("crm.view_ledgerline", MONEY_READERS)
permit("crm.settle_ledgerline", PAYERS)
permit("crm.view_payment", MONEY_READERS)
permit("crm.release_payment", PAYERS)
permit("crm.view_payee", MONEY_READERS)
permit("crm.change_payee", MONEY_READERS)
permit("crm.verify_bankaccount", PAYERS)
permit("crm.reveal_payee", PAYERS)
permit("crm.change_milestone", MONEY_READERS)
permit("crm.decide_killfee", DECIDERS)
permit("crm.change_invoice", MONEY_READERS)
permit("crm.issue_document", PAYERS)
permit("crm.view_taxrule", MONEY_READERS)
permit("crm.begin_with_finance", (Role.FINANCE,))
