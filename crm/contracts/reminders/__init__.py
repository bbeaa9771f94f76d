"""What is due about contracts: windows that close."""

from crm.contracts.reminders import letters, seeds, windows  # noqa: F401  put themselves into their places
