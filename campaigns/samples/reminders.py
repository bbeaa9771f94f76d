"""Table of contents: what is due about samples."""

from campaigns.samples.after import reminders as after  # noqa: F401  puts itself into the place of dues
