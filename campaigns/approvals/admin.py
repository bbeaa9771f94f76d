"""The administration of content approvals, one file per part of the room."""

import campaigns.approvals.checking.admin
import campaigns.approvals.deciding.admin
import campaigns.approvals.guests.admin
import campaigns.approvals.handing.admin
import campaigns.approvals.publishing.admin
import campaigns.approvals.reviewing.admin  # noqa: F401
