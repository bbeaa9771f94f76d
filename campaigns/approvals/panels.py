"""Table of contents: content approvals on other pages."""

import campaigns.approvals.figures  # noqa: F401
