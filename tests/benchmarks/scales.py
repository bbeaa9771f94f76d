"""How much of everything a benchmark loads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """How much of everything; SQLite is asked for a tenth of the claims, since it is for a house of that size."""

    people: int
    contracts: int
    claims: int
    collaborations: int
    due: int
    posts: int
    messages: int
    imported: int

    def claims_on(self, vendor: str) -> int:
        return self.claims if vendor == "postgresql" else self.claims // 10


FULL = Scale(100_000, 20_000, 1_000_000, 10_000, 5_000, 50_000, 2_000, 50_000)
QUICK = Scale(10_000, 1_000, 40_000, 500, 200, 2_000, 300, 2_000)
