"""Pictures and a document that people of the demo hand in: drawn, nobody's photograph."""

import functools
import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from crm.base.files.kinds import Kind
from crm.base.files.upload import SafeFile, keep
from crm.base.models import StoredFile

SIZE = (1080, 1080)
TWICE = 2
SKIN, INK, GLASS, LEAF = "#d9a07c", "#3c4043", "#dbe9ea", "#5c8f6b"


@dataclass(frozen=True)
class Scene:
    """One picture: two colours of the light, the scarf, how large the bottle is and where it stands (shares of the width)."""

    light: tuple[str, str] = ("#fbe3cd", "#f2c39a")
    scarf: str = "#4c9d90"
    bottle: float = 0.26
    at: float = 0.68


FIRST = Scene(light=("#f6dcc8", "#e9b79b"), scarf="#8295bf", bottle=0.13, at=0.72)
SECOND = Scene()
THIRD = Scene(light=("#eaf3ef", "#bcd9cd"), scarf="#b4637a", bottle=0.3, at=0.62)
SCENES = (FIRST, SECOND, THIRD)


def drawn(scene: Scene) -> Image.Image:
    """Somebody smiling in the light of a window, with a bottle."""
    wide = SIZE[0] * TWICE
    picture = Image.new("RGB", (wide, wide))
    pen = ImageDraw.Draw(picture)
    _light(pen, wide, *scene.light)
    window = (wide * 0.6, wide * 0.08, wide * 0.92, wide * 0.52)
    pen.rounded_rectangle(window, radius=wide * 0.14, fill="#fdf1e4")
    pen.line((wide * 0.76, wide * 0.08, wide * 0.76, wide * 0.52), fill=scene.light[0], width=wide // 90)
    pen.ellipse((wide * 0.16, wide * 0.1, wide * 0.54, wide * 0.6), fill=scene.scarf)
    pen.pieslice((wide * 0.02, wide * 0.5, wide * 0.7, wide * 1.6), 180, 360, fill=scene.scarf)
    pen.ellipse((wide * 0.23, wide * 0.2, wide * 0.48, wide * 0.5), fill=SKIN)
    for eye in (0.28, 0.38):
        pen.arc((wide * eye, wide * 0.3, wide * (eye + 0.06), wide * 0.35), 200, 340, fill=INK, width=wide // 140)
    pen.arc((wide * 0.3, wide * 0.36, wide * 0.41, wide * 0.44), 20, 160, fill="#8f2f2f", width=wide // 120)
    _bottle(pen, wide, scene)
    pen.ellipse((wide * 0.86, wide * 0.62, wide * 0.92, wide * 0.98), fill=LEAF)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


def _light(pen: ImageDraw.ImageDraw, wide: int, top: str, foot: str) -> None:
    """From one colour to the other, line by line."""
    above, below = _numbers(top), _numbers(foot)
    for y in range(wide):
        mixed = tuple(int(a + (b - a) * y / wide) for a, b in zip(above, below, strict=True))
        pen.line((0, y, wide, y), fill=mixed)


def _numbers(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _bottle(pen: ImageDraw.ImageDraw, wide: int, scene: Scene) -> None:
    left, high = wide * scene.at, wide * scene.bottle
    foot = wide * 0.86
    half = high * 0.35
    pen.rounded_rectangle((left - half, foot - high, left + half, foot), radius=half * 0.4, fill=GLASS)
    pen.rectangle((left - half * 0.5, foot - high * 1.12, left + half * 0.5, foot - high), fill="#c7d3d6")
    pen.rounded_rectangle(
        (left - half * 0.4, foot - high * 1.4, left + half * 0.4, foot - high * 1.1), radius=half * 0.3, fill=INK
    )
    for line, share in enumerate((0.6, 0.45, 0.45)):
        y = foot - high * (0.6 - 0.14 * line)
        pen.rectangle((left - half * share, y, left + half * share, y + high * 0.04), fill="#7d979b")


def kept_picture(scene: Scene, label: str, *, by: str) -> StoredFile:
    """The picture as a file of ours, as if she had uploaded it."""
    return keep(SafeFile(io.BytesIO(painted(scene)), Kind.JPEG, label, *SIZE), by=by)


@functools.cache
def painted(scene: Scene) -> bytes:
    """Drawing takes longer than anything else about a draft, so each scene is drawn once."""
    written = io.BytesIO()
    drawn(scene).save(written, "JPEG", quality=82)
    return written.getvalue()
