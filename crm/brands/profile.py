"""What a brand says of itself, and which of it nobody has written yet (domain rule R1-16)."""

from crm.brands.models import Brand

PROFILE = ("values", "tone", "does", "avoids", "audience")
"""The columns of the brand profile, in the order they are asked."""


def brand_profile_missing(brand: Brand) -> list[str]:
    """The names of the columns that are empty still."""
    return [name for name in PROFILE if not str(getattr(brand, name)).strip()]
