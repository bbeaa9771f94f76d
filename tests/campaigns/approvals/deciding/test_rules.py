"""Who may say something, and when it settles: the table of docs/approvals.md, row by row."""

import pytest

from campaigns.approvals.deciding.rules import Seats, Voice, is_own_work, may_speak, settles

DINDA, BAGAS, RATNA = Voice(1, 101), Voice(2, 102), Voice(None, 201)
US = Seats()
TWO = Seats(people=frozenset({1, 2}))
BOTH = Seats(quorum="all", people=frozenset({1, 2}))
MIXED = Seats(role="client", quorum="all", people=frozenset({1}), guests=frozenset({201}))
LED = Seats(role="client", people=frozenset({1}), guests=frozenset({201}), decider=201)
LED_BY_US = Seats(role="brand", guests=frozenset({201}), decider=102)
EMPTY = Seats(role="legal")


@pytest.mark.parametrize(
    ("seats", "verdict", "voice", "said_yes", "expected"),
    [
        (US, "approve", DINDA, (), True),
        (US, "changes", DINDA, (), True),
        (TWO, "approve", DINDA, (), True),
        (BOTH, "approve", DINDA, (), False),
        (BOTH, "approve", BAGAS, {DINDA.key}, True),
        (BOTH, "approve", DINDA, {DINDA.key}, False),
        (BOTH, "changes", DINDA, (), True),
        (BOTH, "reject", DINDA, (), True),
        (MIXED, "approve", RATNA, (), False),
        (MIXED, "approve", RATNA, {DINDA.key}, True),
        (LED, "approve", DINDA, (), False),
        (LED, "changes", DINDA, (), False),
        (LED, "reject", DINDA, (), False),
        (LED, "approve", RATNA, (), True),
        (LED, "changes", RATNA, (), True),
        (LED_BY_US, "approve", BAGAS, (), True),
        (LED_BY_US, "approve", RATNA, (), False),
    ],
)
def test_what_settles_a_stage(seats: Seats, verdict: str, voice: Voice, said_yes: set[object], expected: bool) -> None:
    assert settles(seats, verdict, voice, said_yes) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seats", "speaking"),
    [
        (US, [True, True, False]),
        (TWO, [True, True, False]),
        (Seats(people=frozenset({1})), [True, False, False]),
        (MIXED, [True, False, True]),
        (LED_BY_US, [False, True, True]),
        (EMPTY, [False, False, False]),
    ],
)
def test_who_is_asked(seats: Seats, speaking: list[bool]) -> None:
    assert [may_speak(seats, voice) for voice in (DINDA, BAGAS, RATNA)] == speaking


def test_a_manager_steps_in_only_where_nobody_who_is_named_is_left() -> None:
    assert [may_speak(seats, BAGAS, steps_in=True) for seats in (EMPTY, Seats(people=frozenset({1})), MIXED)] == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by_user", "channel", "by_contact", "voice", "expected"),
    [
        (1, "", None, DINDA, True),
        (1, "whatsapp", None, DINDA, False),
        (1, "", None, BAGAS, False),
        (None, "", 201, RATNA, True),
        (None, "", 101, DINDA, True),
        (None, "", 201, DINDA, False),
        (None, "", None, RATNA, False),
    ],
    ids=["made", "passed on", "somebody else's", "a guest's own", "by her own link", "hers", "nobody known"],
)
def test_nobody_approves_what_she_made_and_passing_on_is_not_making(
    by_user: int | None, channel: str, by_contact: int | None, voice: Voice, expected: bool
) -> None:
    assert is_own_work(by_user, channel, by_contact, voice) is expected
