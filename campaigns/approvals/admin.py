"""The administration of content approvals, one file per part of the room."""

import campaigns.approvals.guests.admin  # noqa: F401
