"""What the page of a sample request shows of what comes back and what came of a gift."""

import datetime as dt
from typing import Any

from campaigns.samples.models import SampleRequest
from crm.team.models import User


def for_request(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Nothing to show, nothing on the page."""
    return {}
