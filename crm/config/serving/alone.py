"""Web, worker or beat by itself, in the foreground, next to others that share its broker."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from django.conf import settings

from crm.config.serving import broker
from crm.config.serving.running import stay_locked


def become(argv: Sequence[str]) -> NoReturn:
    """Turn this process into the part. Without a given broker the first part to start brings one along as its child."""
    bell, _child = broker.ring(Path(settings.VAR_DIR), settings.GIVEN_BROKER_URL)
    stay_locked(Path(settings.VAR_DIR))
    os.execve(argv[0], list(argv), {**os.environ, **bell.env})  # noqa: S606
