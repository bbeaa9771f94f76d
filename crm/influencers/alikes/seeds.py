"""What speaks for two people being one: our own weights, to be changed in the administration."""

from collections.abc import Iterator

from crm.base.seeding import seed
from crm.influencers.models import AlikeRule

OURS = "Our own choice"

RULES = (
    ("phone", 80, 3),
    ("email", 80, 3),
    ("handle", 70, 3),
    ("name", 45, 5),
    ("near_handle", 35, 4),
    ("near_name", 25, 5),
    ("likely", 45, 0),
    ("strong", 80, 0),
)
"""The code, its points, and by how many people a thing may be shared before it says nothing."""


@seed(AlikeRule, "code")
def alike_rules() -> Iterator[AlikeRule]:
    for code, points, at_most in RULES:
        yield AlikeRule(code=code, points=points, at_most=at_most, source=OURS)
