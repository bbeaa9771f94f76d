"""Table of contents: what is written about samples."""

from campaigns.samples.after import emails as after  # noqa: F401  declares its messages
