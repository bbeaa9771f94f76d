"""Table of contents: the verbs of every room, found by django-rules when the apps are ready."""

import crm.team.permissions  # noqa: F401
