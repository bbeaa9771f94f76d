"""Pictures are decoded and written anew: nothing but the visible pixels survives."""

import struct
from io import BytesIO
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

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


def rewrite_image(file: IO[bytes], kind: Kind) -> tuple[BytesIO, int, int]:
    """The picture upright, in sRGB and without metadata, with its width and height in pixels.

    Raises UploadRefused for more than UPLOAD_MAX_PIXELS (width x height x frames, before any decoding) and for
    anything Pillow cannot read to the end.
    """
    try:
        with Image.open(file, formats=[kind.name]) as picture:
            _refuse_bomb(picture)
            frames = [_clean(frame) for frame in _frames(picture, kind)]
            written = BytesIO()
            _write(frames, written, kind, picture.info)
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


def _refuse_bomb(picture: Image.Image) -> None:
    frames = getattr(picture, "n_frames", 1)
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
    if kind is Kind.JPEG:
        picture.load()
        return [picture]
    return [frame.copy() for frame in ImageSequence.Iterator(picture)]


def _clean(frame: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(frame)
    profile = upright.info.get("icc_profile")
    if upright.mode.startswith("I"):
        upright = upright.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    plain = _in_srgb(upright, profile).convert("RGBA" if upright.has_transparency_data else "RGB")
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


def _write(frames: list[Image.Image], target: IO[bytes], kind: Kind, info: dict[str | tuple[int, int], object]) -> None:
    if len(frames) > 1:
        loop, duration = info.get("loop", 0), info.get("duration", 100)
        frames[0].save(
            target, kind.name, save_all=True, append_images=frames[1:], duration=duration, loop=loop, quality=QUALITY
        )
    else:
        picture = frames[0].convert("RGB") if kind is Kind.JPEG else frames[0]
        picture.save(target, kind.name, quality=QUALITY)
