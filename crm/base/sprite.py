"""The icons: one vendored SVG sprite; pages refer to it, the influencer's page gets a copy of the few it shows."""

import xml.etree.ElementTree as ElementTree
from functools import cache

from django.conf import settings

SPRITE = "vendor/bootstrap-icons-1.13.2/icons.svg"
SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawings() -> dict[str, str]:
    """Every icon's drawing by name. Parsed once; the file is ours, pinned by checksum."""
    root = ElementTree.parse(settings.BASE_DIR / "static" / SPRITE).getroot()  # noqa: S314
    ElementTree.register_namespace("", SVG.strip("{}"))
    return {symbol.attrib["id"]: _inside(symbol) for symbol in root.iter(f"{SVG}symbol")}


def _inside(symbol: ElementTree.Element) -> str:
    whole = "".join(ElementTree.tostring(child, encoding="unicode").strip() for child in symbol)
    return whole.replace(f' xmlns="{SVG.strip("{}")}"', "").replace(" />", "/>")


def known(name: str) -> str:
    """The name, if the sprite has it. A missing icon is a mistake in the code, told with its cure."""
    if name not in drawings():
        raise LookupError(f"No icon “{name}”: add it to scripts/icons.txt and run scripts/vendor_assets.py.")
    return name
