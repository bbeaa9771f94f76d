"""The administration of samples, one file per part of the room."""

import campaigns.samples.after.admin
import campaigns.samples.asking.admin
import campaigns.samples.shipping.admin
import campaigns.samples.stock.admin  # noqa: F401
