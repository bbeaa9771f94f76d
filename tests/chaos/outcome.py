"""What came of a run: what the mail server accepted, compared with what the rows say."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Outcome:
    """What came of it."""

    reminders: int
    arrived: int = 0
    lost: int = 0
    held: int = 0
    duplicated: int = 0
    unflagged: int = 0
    flagged: int = 0
    kills: int = 0
    killed_in_window: int = 0
    doubtful_faults: int = 0
    knows_keys: bool = False
    broker_restarts: int = 0
    slowest_ring: float = 0
    seconds: float = 0
    states: dict[str, int] = field(default_factory=dict)

    @property
    def bound(self) -> int:
        return 0 if self.knows_keys else self.killed_in_window + self.doubtful_faults

    @property
    def is_kept(self) -> bool:
        return self.lost == 0 and self.unflagged == 0 and self.duplicated <= self.bound and self.slowest_ring < 3

    def __str__(self) -> str:
        return (
            f"{self.reminders} reminders, {self.kills} kills, {self.broker_restarts} broker restarts, "
            f"{self.doubtful_faults} answers withheld, {self.seconds:.0f} s\n"
            f"lost {self.lost}   duplicated {self.duplicated}   of these without a flag {self.unflagged}   "
            f"flagged {self.flagged}   held for a person {self.held}   bound {self.bound} "
            f"({self.killed_in_window} killed while handing over)\n"
            f"slowest ring {self.slowest_ring:.2f} s   rows {self.states}\n"
            f"{'All promises kept.' if self.is_kept else 'A PROMISE IS BROKEN.'}"
        )


def count(outcome: Outcome, log: Path) -> None:
    """Compare what the mail server accepted with what the rows say."""
    from crm.outbox.models import Email
    from tests.chaos.sink import DOUBTFUL

    accepted: Counter[str] = Counter()
    for line in log.read_text().splitlines():
        message_id, fault = line.split()
        accepted[message_id] += 1
        outcome.doubtful_faults += fault in DOUBTFUL
    outcome.arrived = len(accepted)
    outcome.flagged = Email.objects.doubtful().count()
    outcome.held = Email.objects.unclear().count()
    rows = Email.objects.values_list("message_id", "state", "attempts", "may_be_twice")
    by_id = {message_id: (state, tries > 1, twice) for message_id, state, tries, twice in rows}
    missing = outcome.reminders - len(by_id)
    outcome.lost = missing + sum(
        1 for message_id, (state, *_rest) in by_id.items() if message_id not in accepted and state != "unknown"
    )
    for message_id, times in accepted.items():
        state, tried_again, twice = by_id.get(message_id, ("", False, False))
        outcome.duplicated += times - 1
        outcome.unflagged += times > 1 and not ((tried_again and twice) or state == "unknown")
    outcome.states = dict(Counter(state for state, *_rest in by_id.values()))
