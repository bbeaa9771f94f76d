"""Where a parcel goes, as it was written down when it was put together (domain 4.5.2)."""

from collections.abc import Mapping
from typing import Any

from crm.influencers.models import Address

NAMES = (
    "recipient", "street", "rt_rw", "kelurahan", "kecamatan", "city", "province", "postcode", "landmark",
)  # fmt: skip


def snapshot_of(address: Address) -> dict[str, str]:
    """The address as the parcel keeps it."""
    kept = {name: str(getattr(address, name)) for name in NAMES}
    return {**kept, "phone": str(address.phone), "country": str(address.country)}


def lines_of(snapshot: Mapping[str, Any]) -> list[str]:
    """What stands on the parcel below the name, as the country writes it."""
    if not snapshot:
        return []
    kept = {name: str(snapshot.get(name, "")) for name in NAMES}
    return [line for line in Address(**kept, country=snapshot.get("country", "ID")).lines if line.strip()]
