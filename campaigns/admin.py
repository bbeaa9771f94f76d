"""Table of contents: the administration of every room."""

import campaigns.approvals.admin
import campaigns.briefs.accepting.admin
import campaigns.briefs.admin
import campaigns.events.admin
import campaigns.offers.admin
import campaigns.planning.admin
import campaigns.planning.reference_admin
import campaigns.planning.waiting.admin
import campaigns.results.admin
import campaigns.samples.admin
import campaigns.shortlist.admin
import campaigns.tracking.admin  # noqa: F401
