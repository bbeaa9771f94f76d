"""What waits for a parcel: held when something is asked for, moved when it came late, free again when nothing is to come."""

from campaigns.planning.waiting.words import hold_words
from campaigns.samples.dates.holding import Moved, hold, let_go, lift, wait_again

__all__ = ["Moved", "hold", "hold_words", "let_go", "lift", "wait_again"]
