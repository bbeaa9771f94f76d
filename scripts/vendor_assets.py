#!/usr/bin/env python
"""Re-make static/vendor/: the third-party files of the pages, pinned by exact version, with licence and checksum.

Run it after changing a version or the list of icons:  python scripts/vendor_assets.py
It asks `npm pack` for each package, so it follows whatever registry npm is configured for. Install scripts never run.
"""

import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
ICON_LIST = Path(__file__).resolve().parent / "icons.txt"
SOURCE_MAP = re.compile(rb"\n?(//[#@] sourceMappingURL=\S+|/\*[#@] sourceMappingURL=\S+? ?\*/)\s*")
SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Package:
    """One npm package and what we keep of it: path in the package -> name in static/vendor/<name>-<version>/."""

    npm: str
    version: str
    licence: str
    files: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.npm.rsplit("/", 1)[-1]

    @property
    def folder(self) -> Path:
        return VENDOR / f"{self.name}-{self.version}"


ICONS = Package("bootstrap-icons", "1.13.2", "MIT", {"LICENSE": "LICENSE"})
PACKAGES = [
    Package(
        "bootstrap",
        "5.3.9",
        "MIT",
        {
            "dist/css/bootstrap.min.css": "bootstrap.min.css",
            "dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
            "LICENSE": "LICENSE",
        },
    ),
    Package("sortablejs", "1.15.7", "MIT", {"Sortable.min.js": "Sortable.min.js", "LICENSE": "LICENSE"}),
    Package(
        "tom-select",
        "2.6.2",
        "Apache-2.0",
        {
            "dist/js/tom-select.complete.min.js": "tom-select.complete.min.js",
            "dist/css/tom-select.css": "tom-select.css",
            "LICENSE": "LICENSE",
        },
    ),
    Package(
        "@fontsource-variable/inter",
        "5.3.0",
        "OFL-1.1",
        {"files/inter-latin-wght-normal.woff2": "inter-latin-wght-normal.woff2", "LICENSE": "LICENSE"},
    ),
    Package(  # as TrueType for PDFs; the package above has web fonts only
        "@expo-google-fonts/inter",
        "0.4.2",
        "OFL-1.1",
        {
            "400Regular/Inter_400Regular.ttf": "Inter_400Regular.ttf",
            "600SemiBold/Inter_600SemiBold.ttf": "Inter_600SemiBold.ttf",
            "LICENSE_FONT": "LICENSE",
        },
    ),
    ICONS,
]


def unpack(package: Package, into: Path) -> Path:
    """Fetch the package by its exact version and return the folder it unpacks to."""
    into.mkdir(parents=True)
    subprocess.run(
        ["npm", "pack", "--ignore-scripts", "--silent", f"{package.npm}@{package.version}"],
        cwd=into,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = into.glob("*.tgz")
    with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as tar:
        tar.extractall(into, filter="data")
    return into / "package"


def keep(package: Package, source: Path) -> None:
    package.folder.mkdir(parents=True)
    for path, name in package.files.items():
        content = (source / path).read_bytes()
        # The maps are not shipped, and a hashed static storage refuses references to missing files.
        if name.endswith((".js", ".css")):
            content = SOURCE_MAP.sub(b"\n", content)
        (package.folder / name).write_bytes(content)


def icon_names() -> list[str]:
    lines = ICON_LIST.read_text().splitlines()
    return sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})


def symbol(name: str, source: Path) -> str:
    drawing = ElementTree.parse(source / "icons" / f"{name}.svg").getroot()
    inside = "".join(ElementTree.tostring(child, encoding="unicode") for child in drawing)
    # ElementTree repeats the namespace on every child; the sprite declares it once.
    inside = re.sub(r'\s+xmlns(:\w+)?="[^"]+"', "", inside).strip()
    return f'<symbol id="{name}" viewBox="{drawing.attrib["viewBox"]}">{inside}</symbol>'


def build_sprite(source: Path) -> None:
    ElementTree.register_namespace("", SVG)
    symbols = "\n".join(symbol(name, source) for name in icon_names())
    (ICONS.folder / "icons.svg").write_text(f'<svg xmlns="{SVG}">\n{symbols}\n</svg>\n')


def record(packages: list[Package]) -> list[dict[str, object]]:
    return [
        {
            "name": package.npm,
            "version": package.version,
            "licence": package.licence,
            "folder": package.folder.name,
            "files": {
                file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(package.folder.iterdir())
            },
        }
        for package in packages
    ]


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        # Everything is fetched before anything is replaced: a failed download leaves the old files standing.
        sources = [unpack(package, Path(temporary) / package.folder.name) for package in PACKAGES]
        shutil.rmtree(VENDOR, ignore_errors=True)
        for package, source in zip(PACKAGES, sources, strict=True):
            keep(package, source)
        build_sprite(sources[PACKAGES.index(ICONS)])
    (VENDOR / "manifest.json").write_text(json.dumps(record(PACKAGES), indent=2) + "\n")


if __name__ == "__main__":
    main()
