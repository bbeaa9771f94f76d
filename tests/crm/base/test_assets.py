"""What pages load: vendored by exact version, with licences and checksums, and from our own house alone."""

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text())
SHEETS = sorted((STATIC / "css").rglob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))


def test_every_vendored_file_is_the_one_that_was_recorded() -> None:
    recorded = {
        f"{package['folder']}/{name}": checksum for package in MANIFEST for name, checksum in package["files"].items()
    }
    found = {
        path.relative_to(STATIC / "vendor").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == recorded


def test_every_package_brings_its_licence() -> None:
    assert {package["name"]: package["licence"] for package in MANIFEST if "LICENSE" in package["files"]} == {
        "bootstrap": "MIT",
        "sortablejs": "MIT",
        "tom-select": "Apache-2.0",
        "@fontsource-variable/inter": "OFL-1.1",
        "@expo-google-fonts/inter": "OFL-1.1",
        "bootstrap-icons": "MIT",
    }


def test_no_vendored_file_refers_to_a_map_that_is_not_shipped() -> None:
    texts = [path for path in (STATIC / "vendor").rglob("*") if path.suffix in {".js", ".css"}]
    assert [path.name for path in texts if "sourceMappingURL" in path.read_text()] == []


def test_the_sprite_has_every_icon_of_the_list_and_no_other() -> None:
    listed = (Path(settings.BASE_DIR) / "scripts" / "icons.txt").read_text().splitlines()
    sprite = (STATIC / "vendor" / "bootstrap-icons-1.13.2" / "icons.svg").read_text()
    assert re.findall(r'<symbol id="([^"]+)"', sprite) == sorted(
        {line for line in listed if line and not line.startswith("#")}
    )


def test_nothing_is_loaded_from_elsewhere() -> None:
    own = re.compile(r"(?:url\(|@import|fetch\()\s*[\"']?(?:https?:)?//")
    assert [path.name for path in [*SHEETS, *SCRIPTS] if own.search(path.read_text())] == []


def test_every_file_a_sheet_refers_to_exists() -> None:
    for sheet in SHEETS:
        for reference in re.findall(r"url\(\"?(?!data:|#)([^\")]+)", sheet.read_text()):
            assert (sheet.parent / reference).resolve().is_file(), f"{sheet.name}: {reference}"


def test_the_influencers_sheet_stays_small() -> None:
    assert (STATIC / "css" / "portal.css").stat().st_size < 13_000


def test_sheets_take_their_colours_from_the_tokens() -> None:
    """Pictures under review are drawn on photographs, letters on their own paper; a tick is white on its own green."""
    allowed = {"tokens.css", "portal.css", "review.css", "letter.css"}
    colour = re.compile(r"(?<![\w%&-])#[0-9a-fA-F]{3,8}\b(?![^(]*\"\))")
    stray = {
        sheet.name: found
        for sheet in SHEETS
        if sheet.name not in allowed
        for found in [[hit for hit in colour.findall(_without_pictures(sheet.read_text())) if hit not in KEPT]]
        if found
    }
    assert stray == {}


KEPT = {"#0f766e", "#14877c", "#fff", "#000", "#bbb"}


def _without_pictures(text: str) -> str:
    return re.sub(r'url\("data:[^"]*"\)|url\(#[^)]*\)', "", text)


def test_our_scripts_evaluate_nothing() -> None:
    risky = re.compile(r"\beval\(|new Function|innerHTML|document\.write|javascript:")
    assert [path.name for path in SCRIPTS if risky.search(path.read_text())] == []
