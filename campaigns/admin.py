"""Table of contents: the administration of every room."""

import campaigns.planning.admin  # noqa: F401
import campaigns.shortlist.admin  # noqa: F401
import campaigns.tracking.admin  # noqa: F401
