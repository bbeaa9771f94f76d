"""Table of contents: content approvals on other pages."""

import campaigns.approvals.figures
import campaigns.approvals.turnaround  # noqa: F401
