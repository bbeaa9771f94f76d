"""Small honest files, and dishonest ones, built byte by byte."""

import io
import struct
import zipfile
import zlib

from PIL import Image

import crm.base.files.images  # noqa: F401  teaches Pillow to write HEIF

GPS_PLACE = b"Jalan Rahasia 7"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (8, 6), colour: tuple[int, ...] | int = (200, 30, 30), **options: object
) -> bytes:
    mode = {3: "RGB", 4: "RGBA"}[len(colour)] if isinstance(colour, tuple) else "L"
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind, **options)
    return written.getvalue()


def phone_photo() -> bytes:
    """Turned by 90 degrees, with GPS position, maker and a comment, the way phones save."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Phone"
    exif[0x010E] = GPS_PLACE.decode()
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 15.0, 0.0), 3: "E", 4: (112.0, 45.0, 0.0)})
    left_red = Image.new("RGB", (40, 20), (0, 0, 250))
    left_red.paste((250, 0, 0), (0, 0, 20, 20))
    written = io.BytesIO()
    left_red.save(written, "JPEG", exif=exif, comment=GPS_PLACE, quality=95)
    return written.getvalue()


def apple_photo(size: tuple[int, int] = (40, 20)) -> bytes:
    """Red at the left, with the place in its remarks, in the format phones of Apple save."""
    exif = Image.Exif()
    exif[0x010E] = GPS_PLACE.decode()
    left_red = Image.new("RGB", size, (0, 0, 250))
    left_red.paste((250, 0, 0), (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    left_red.save(written, "HEIF", exif=exif, quality=95)
    return written.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that claim any number of pixels."""

    def chunk(letters: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + letters + content + struct.pack(">I", zlib.crc32(letters + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def animation(kind: str, frames: int, size: tuple[int, int]) -> bytes:
    pictures = [Image.new("RGB", size, (number * 20 % 256, 0, 0)) for number in range(frames)]
    written = io.BytesIO()
    pictures[0].save(written, kind, save_all=True, append_images=pictures[1:], duration=50)
    return written.getvalue()


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("run.sh", "echo hello")
    return written.getvalue()


def box(letters: bytes, content: bytes = b"", *, wide: bool = False) -> bytes:
    if wide:
        return struct.pack(">I", 1) + letters + struct.pack(">Q", 16 + len(content)) + content
    return struct.pack(">I", 8 + len(content)) + letters + content


def video(brand: bytes = b"isom", *, extra: bytes = b"", movie: bytes | None = None) -> bytes:
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"udta", box(b"\xa9xyz", GPS_PLACE)))
    if movie is None:
        movie = box(b"mvhd", bytes(100)) + track + box(b"udta", box(b"\xa9xyz", GPS_PLACE))
    return (
        box(b"ftyp", brand + bytes(4) + b"isommp42")
        + box(b"moov", movie)
        + box(b"meta", GPS_PLACE, wide=True)
        + box(b"mdat", b"frames" * 10)
        + extra
    )


def document(catalog: bytes = b"", *objects: bytes, trailer: bytes = b"") -> bytes:
    """A one-page PDF with a correct cross reference; more objects are numbered from 4 on."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return written + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        trailer,
        start,
    )


def stream(dictionary: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def object_stream(content: bytes, *, filtered: bytes = b"/Filter /FlateDecode", name: bytes = b"/ObjStm") -> bytes:
    return stream(b"/Type %s /N 1 /First 4 %s" % (name, filtered), zlib.compress(b"9 0 " + content))
