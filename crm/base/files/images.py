"""Pictures are decoded and written anew: nothing but the visible pixels survives."""

import struct
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, ImageSequence
from pillow_heif import register_heif_opener

from crm.base.files.kinds import Kind, UploadRefused

PARSER_ERRORS = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
)
QUALITY = 92

register_heif_opener(thumbnails=False)
PLUGINS = {Kind.HEIC: "HEIF"}
"""What Pillow calls a kind, where that is another name than ours."""


def rewrite_image(file: IO[bytes], kind: Kind) -> tuple[BytesIO, int, int]:
    """The picture upright, in sRGB and without metadata, with its width and height in pixels.

    Raises UploadRefused for more than UPLOAD_MAX_PIXELS (width x height x frames, before any decoding) and for
    anything Pillow cannot read to the end.
    """
    try:
        with Image.open(file, formats=[PLUGINS.get(kind, kind.name)]) as picture:
            kind = kind.kept_as
            _refuse_bomb(picture, kind)
            raw = _frames(picture, kind)
            loop = picture.info.get("loop", 0)
            durations = [frame.info.get("duration", 100) for frame in raw]
            frames = [_clean(frame, kind) for frame in raw]
            written = BytesIO()
            _write(frames, written, kind, duration=durations, loop=loop)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except PARSER_ERRORS as broken:
        if isinstance(broken, UploadRefused):
            raise
        raise UploadRefused(
            _("The picture is damaged or cut off. Open it on your device, save it again and upload the new copy."),
            code="damaged",
        ) from broken
    written.seek(0)
    return written, frames[0].width, frames[0].height


def _refuse_bomb(picture: Image.Image, kind: Kind) -> None:
    frames = 1 if kind is Kind.JPEG else getattr(picture, "n_frames", 1)
    if picture.width * picture.height * frames > settings.UPLOAD_MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> UploadRefused:
    return UploadRefused(
        _("The picture has more than %(megapixels)s megapixels. Make it smaller and upload it again."),
        code="pixels",
        params={"megapixels": settings.UPLOAD_MAX_PIXELS // 1_000_000},
    )


def _frames(picture: Image.Image, kind: Kind) -> list[Image.Image]:
    """All frames of an animation; of a JPEG, whose further frames are depth maps and previews, only the first."""
    if kind is Kind.JPEG or getattr(picture, "n_frames", 1) == 1:
        picture.load()
        return [picture]
    return [frame.copy() for frame in ImageSequence.Iterator(picture)]


def _clean(frame: Image.Image, kind: Kind) -> Image.Image:
    """Upright, in plain colours, with nothing attached. Copies only where it must: a picture may fill 200 MB."""
    ImageOps.exif_transpose(frame, in_place=True)
    profile = frame.info.get("icc_profile")
    if frame.mode.startswith("I"):
        frame = frame.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    mode = "RGBA" if frame.has_transparency_data and kind is not Kind.JPEG else "RGB"
    plain = _in_srgb(frame, profile)
    if plain.mode != mode:
        plain = plain.convert(mode)
    plain.info = {}
    return plain


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones photograph in wider colour spaces; without the profile the colours would look washed out."""
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # an unreadable profile describes nothing: the plain numbers are the best reading left
    return converted or picture


def _write(frames: list[Image.Image], target: IO[bytes], kind: Kind, **pace: Any) -> None:
    first, *others = frames
    if others:
        first.save(target, kind.name, save_all=True, append_images=others, quality=QUALITY, **pace)
    else:
        first.save(target, kind.name, quality=QUALITY)
