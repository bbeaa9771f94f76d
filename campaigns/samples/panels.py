"""Table of contents: samples on other pages."""

import campaigns.samples.asking.panels
import campaigns.samples.stock.panels  # noqa: F401
