"""How long a line to PostgreSQL is believed in when nobody answers any more."""

from collections.abc import Mapping
from typing import Any

IDLE, INTERVAL, TIMES = 30, 10, 3  # seconds of silence, then so many questions so far apart: a minute
UNHEARD = 30_000  # milliseconds that something sent may stay unacknowledged


def postgres_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """A machine that loses its power tells nobody: both ends ask, instead of waiting two hours as systems do.

    Until the database knows, it keeps what a dead worker held, such as the messages it was about to claim. What stands
    behind the `?` of DATABASE_URL goes before.
    """
    ours = {
        "connect_timeout": 5,
        "keepalives_idle": IDLE,
        "keepalives_interval": INTERVAL,
        "keepalives_count": TIMES,
        "tcp_user_timeout": UNHEARD,
        "options": f"-c tcp_keepalives_idle={IDLE} -c tcp_keepalives_interval={INTERVAL} "
        f"-c tcp_keepalives_count={TIMES} -c tcp_user_timeout={UNHEARD}",
    }
    return {**ours, **given}
