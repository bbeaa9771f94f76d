"""What gunicorn says about itself, written like every other line: its master process never loads Mitra's settings."""

import os
from typing import Any

from gunicorn.glogging import Logger

from crm.config.logs import line_formatter

TRUE = ("1", "true", "yes", "on", "y", "t", "ok")
"""As the settings read it."""


class ServerLines(Logger):
    """Gunicorn's logger with our format. `LOG_JSON` is in the environment, also when it stands in `.env`."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        ours = line_formatter(json_lines=os.environ.get("LOG_JSON", "").lower() in TRUE)
        for handler in self.error_log.handlers:
            handler.setFormatter(ours)
