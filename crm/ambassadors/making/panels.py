"""The making of deals, where the house looks for it: in the words of contracts."""

from crm.ambassadors.making import words  # noqa: F401  puts itself into the words of contracts
