"""The administration of samples, one file per part of the room."""

import campaigns.samples.shipping.admin  # noqa: F401
