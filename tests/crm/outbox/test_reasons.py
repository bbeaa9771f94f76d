"""Reasons as they are kept and shown: whoever wrote into them, they can be read."""

import pytest

from crm.outbox.reasons import SERVER_SAID, TAKEN_BACK, in_words, reason


@pytest.mark.parametrize("said", ["2026-99-99", "0000-00-00", "%(day)s", "\t{}", '"', "{{ x }}"])
def test_whatever_a_server_said_is_shown_as_it_said_it(said: str) -> None:
    assert in_words(reason(SERVER_SAID, answer=said)) == f"The receiving mail server said: {said}"


def test_a_day_is_said_in_words() -> None:
    stored = reason(TAKEN_BACK, what="news", day="2026-11-22")
    assert in_words(stored) == "This contact does not want news any more, since 22 November 2026."
