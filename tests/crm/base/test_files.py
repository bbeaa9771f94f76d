import io
import re
from typing import Any

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import Http404
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from crm.base.files import (
    DOCUMENTS,
    EVERY_KIND,
    IMAGES,
    Disposition,
    Kind,
    SafeFileField,
    UploadRefused,
    accept_upload,
    at_most,
    clean_label,
    keep,
    serve_file,
)
from crm.base.models import StoredFile
from tests.crm.base import corpus


def upload(name: str, content: bytes) -> ContentFile[bytes]:
    return ContentFile(content, name)


def refusal(name: str, content: bytes, **options: Any) -> str:
    with pytest.raises(UploadRefused) as refused:
        accept_upload(upload(name, content), **options)
    [sentence] = refused.value.messages
    return sentence


# ---- What is taken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpg", corpus.picture("JPEG"), Kind.JPEG),
        ("a.JPEG", corpus.picture("JPEG"), Kind.JPEG),
        ("a.png", corpus.picture("PNG"), Kind.PNG),
        ("a.png", corpus.picture("PNG", colour=(1, 2, 3, 100)), Kind.PNG),
        ("a.webp", corpus.picture("WEBP"), Kind.WEBP),
        ("a.mp4", corpus.video(), Kind.MP4),
        ("a.m4v", corpus.video(b"M4V "), Kind.MP4),
        ("a.mov", corpus.video(b"qt  "), Kind.MOV),
        ("a.pdf", corpus.document(), Kind.PDF),
        ("my.holiday.photo.jpg", corpus.picture("JPEG"), Kind.JPEG),
    ],
)
def test_an_honest_file_is_taken_under_a_random_name(name: str, content: bytes, kind: Kind) -> None:
    safe = accept_upload(upload(name, content))

    assert safe.kind is kind
    assert safe.content_type == kind.content_type
    assert safe.label == name
    assert re.fullmatch(r"[0-9a-f]{32}" + re.escape(kind.endings[0]), safe.name or "")
    assert safe.size == len(safe.read())


def test_two_uploads_of_one_file_get_different_names_and_the_same_digest() -> None:
    one, other = (accept_upload(upload("a.pdf", corpus.document())) for _ in range(2))

    assert one.name != other.name
    assert one.sha256 == other.sha256


def test_a_picture_is_turned_upright_and_loses_place_phone_and_comment() -> None:
    original = corpus.phone_photo()
    assert corpus.GPS_PLACE in original

    safe = accept_upload(upload("IMG_1.jpg", original))
    content = safe.read()

    assert corpus.GPS_PLACE not in content
    assert b"Secret Phone" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert dict(picture.getexif()) == {}
        assert "comment" not in picture.info
        assert picture.size == (safe.width, safe.height) == (20, 40)
        top = picture.convert("RGB").getpixel((10, 5))
        bottom = picture.convert("RGB").getpixel((10, 35))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[0] > 200 > 60 > top[2]
    assert bottom[2] > 200 > 60 > bottom[0]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_lose_what_is_written_in_them_too(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = corpus.GPS_PLACE.decode()
    remarks = PngInfo()
    remarks.add_text("Comment", corpus.GPS_PLACE.decode())
    content = corpus.picture(kind, exif=exif, xmp=corpus.GPS_PLACE, pnginfo=remarks)
    assert corpus.GPS_PLACE in content

    safe = accept_upload(upload(f"a.{kind.lower()}", content))

    assert corpus.GPS_PLACE not in safe.read()
    with Image.open(safe) as picture:
        assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_an_animation_keeps_its_pace(name: str) -> None:
    kind = "PNG" if name.endswith("png") else "WEBP"

    with Image.open(accept_upload(upload(name, corpus.animation(kind, 3, (8, 8))))) as picture:
        picture.load()
        assert (picture.info["duration"], picture.info["loop"]) == (50, 0)


def test_a_picture_for_print_becomes_one_for_screens() -> None:
    written = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(written, "JPEG")

    with Image.open(accept_upload(upload("a.jpg", written.getvalue()))) as picture:
        assert picture.mode == "RGB"
        red, green, blue = picture.getpixel((4, 4))  # type: ignore[misc]
        assert red > 240 and green < 15 and blue < 15


def test_a_picture_in_another_colour_space_keeps_its_look_without_the_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    safe = accept_upload(upload("a.png", corpus.picture("PNG", colour=(200, 30, 30), icc_profile=profile)))

    with Image.open(safe) as picture:
        assert "icc_profile" not in picture.info
        assert picture.getpixel((0, 0)) == (200, 30, 30)


def test_an_unreadable_colour_profile_is_left_out() -> None:
    safe = accept_upload(upload("a.png", corpus.picture("PNG", icc_profile=b"no profile at all")))

    with Image.open(safe) as picture:
        assert picture.getpixel((0, 0)) == (200, 30, 30)


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_an_animation_keeps_its_frames(name: str) -> None:
    kind = "PNG" if name.endswith("png") else "WEBP"

    with Image.open(accept_upload(upload(name, corpus.animation(kind, 3, (8, 8))))) as picture:
        assert getattr(picture, "n_frames", 1) == 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "I;16", "RGB", "RGBA"])
def test_every_way_of_storing_a_png_is_readable(mode: str) -> None:
    source = Image.new("RGBA", (4, 4), (255, 255, 255, 255))
    source = source.convert("L").convert("I").convert("I;16") if mode == "I;16" else source.convert(mode)
    if mode == "I;16":
        source = source.point(lambda level: level * 257)
    written = io.BytesIO()
    (source.convert("RGBA") if mode == "PA" else source).save(written, "PNG")

    with Image.open(accept_upload(upload("a.png", written.getvalue()))) as picture:
        assert picture.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script>", corpus.archive()])
def test_what_is_appended_to_a_picture_does_not_survive(tail: bytes) -> None:
    safe = accept_upload(upload("a.png", corpus.picture("PNG") + tail))

    assert tail not in safe.read()


def test_a_video_forgets_where_it_was_filmed_and_keeps_its_frames() -> None:
    original = corpus.video()
    assert original.count(corpus.GPS_PLACE) == 3

    content = accept_upload(upload("a.mp4", original)).read()

    assert corpus.GPS_PLACE not in content
    assert len(content) == len(original)
    assert content.count(b"frames") == 10
    assert content.count(b"free") == 3


def test_a_large_upload_on_disk_is_scrubbed_as_well() -> None:
    with TemporaryUploadedFile("a.mp4", "video/mp4", 0, None) as file:
        file.write(corpus.video())
        file.size = file.tell()

        content = accept_upload(file).read()

    assert corpus.GPS_PLACE not in content


def test_a_document_is_kept_byte_for_byte() -> None:
    content = corpus.document()

    assert accept_upload(upload("a.pdf", content)).read() == content


# ---- What is refused -------------------------------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF_WITH_HTML = corpus.picture("GIF", colour=1) + b"<script>alert(1)</script>"
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n"
HEIC = corpus.box(b"ftyp", b"heic" + bytes(4) + b"mif1heic") + corpus.box(b"meta", bytes(20))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gif", GIF_WITH_HTML),
        ("a.jpg", GIF_WITH_HTML),
        ("a.eps", POSTSCRIPT),
        ("a.jpg", POSTSCRIPT),
        ("a.svg", SVG),
        ("a.png", SVG),
        ("a.pdf", corpus.archive()),
        ("a.mp4", corpus.video(b"3gp4")),
        ("a.mp4", corpus.video(b"evil")),
        ("a.jpg", b"MZ\x90\x00" + bytes(100)),
        ("a.pdf", b"\n%PDF-1.7\n"),
        ("a.txt", b"hello"),
        ("a.jpg", b"\x00"),
        ("a.bmp", corpus.picture("BMP")),
        ("a.tiff", corpus.picture("TIFF")),
    ],
)
def test_a_kind_not_on_the_list_is_refused_naming_the_list(name: str, content: bytes) -> None:
    assert refusal(name, content) == (
        f"“{name}” is not a file we can take here. Use a JPEG picture, a PNG picture, a WebP picture, a HEIC picture, an MP4 video, "
        "a QuickTime video or a PDF document."
    )


def test_a_kind_not_welcome_at_this_place_is_refused() -> None:
    sentence = refusal("a.png", corpus.picture("PNG"), kinds=DOCUMENTS)

    assert sentence == "“a.png” is not a file we can take here. Use a PDF document."


@pytest.mark.parametrize(
    ("name", "content", "kind", "ending"),
    [
        ("a.jpg.php", corpus.picture("JPEG"), "a JPEG picture", ".jpg"),
        ("a.png", corpus.picture("JPEG"), "a JPEG picture", ".jpg"),
        ("a.html", corpus.document(), "a PDF document", ".pdf"),
        ("a.mp4", corpus.video(b"qt  "), "a QuickTime video", ".mov"),
        ("jpg", corpus.picture("JPEG"), "a JPEG picture", ".jpg"),
        ("file.jpg.", corpus.picture("PNG"), "a PNG picture", ".png"),
    ],
)
def test_a_name_that_tells_another_story_is_refused(name: str, content: bytes, kind: str, ending: str) -> None:
    assert refusal(name, content) == (
        f"“{clean_label(name)}” is named differently from what it holds: {kind}. Rename it so that it ends in {ending}."
    )


def test_an_apple_picture_becomes_a_jpeg_without_its_place() -> None:
    original = corpus.apple_photo()
    assert corpus.GPS_PLACE in original

    safe = accept_upload(upload("IMG_1.HEIC", original))

    assert (safe.kind, safe.label, safe.content_type) == (Kind.JPEG, "IMG_1.jpg", "image/jpeg")
    assert (safe.width, safe.height) == (40, 20)
    content = safe.read()
    assert corpus.GPS_PLACE not in content
    with Image.open(io.BytesIO(content)) as picture:
        red, _green, blue = picture.convert("RGB").getpixel((5, 10))
        assert (red > 200, blue < 60, dict(picture.getexif())) == (True, True, {})


@pytest.mark.parametrize("content", [HEIC, corpus.apple_photo()[:-200], corpus.apple_photo()[:120]])
def test_a_damaged_apple_picture_is_refused_in_words(content: bytes) -> None:
    assert refusal("IMG_1.heic", content) == (
        "The picture is damaged or cut off. Open it on your device, save it again and upload the new copy."
    )


@pytest.mark.parametrize("brand", [b"hevc", b"msf1", b"avif", b"avis"])
def test_a_picture_nobody_can_read_here_is_refused_with_the_way_out(brand: bytes) -> None:
    assert refusal("IMG_1.heic", corpus.box(b"ftyp", brand + bytes(4) + brand)) == (
        "This picture is in a format that cannot be read here. Export it as JPEG and upload that."
    )


def test_an_empty_file_is_refused() -> None:
    assert refusal("a.jpg", b"") == "The file “a.jpg” is empty. Choose it again."


@pytest.mark.parametrize("name", ["a.jpg\x00.php", "a.php\x00.jpg", "\x00"])
def test_a_name_with_a_zero_byte_is_refused(name: str) -> None:
    assert refusal(name, corpus.picture()) == (
        "The file name contains a forbidden character. Rename the file and choose it again."
    )


@pytest.mark.parametrize("name", ["", "   ", "..", "/", "."])
def test_a_file_without_a_name_is_refused(name: str) -> None:
    assert refusal(name, corpus.picture()) == (
        "“” is named differently from what it holds: a JPEG picture. Rename it so that it ends in .jpg."
    )


TOO_MANY = "The picture has more than 50 megapixels. Make it smaller and upload it again."
DAMAGED_PICTURE = "The picture is damaged or cut off. Open it on your device, save it again and upload the new copy."


@pytest.mark.parametrize(("width", "height"), [(7072, 7072), (9500, 9500), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_would_burst_in_memory_is_refused_unopened(width: int, height: int) -> None:
    assert refusal("a.png", corpus.huge_png(width, height)) == TOO_MANY


def test_frames_count_towards_the_pixels(settings: Any) -> None:
    settings.UPLOAD_MAX_PIXELS = 1_000_000
    content = corpus.animation("WEBP", 11, (320, 300))

    assert refusal("a.webp", content) == "The picture has more than 1 megapixels. Make it smaller and upload it again."
    settings.UPLOAD_MAX_PIXELS = 11 * 320 * 300
    assert accept_upload(upload("a.webp", content)).kind is Kind.WEBP


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_picture_is_refused(kind: str) -> None:
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    written = io.BytesIO()
    noise.save(written, kind)
    content = written.getvalue()

    assert refusal(f"a.{kind.lower()}", content[: len(content) // 2]) == DAMAGED_PICTURE


DAMAGED_VIDEO = (
    "The video is damaged, cut off or has something attached. Export it again as MP4 and upload the new copy."
)


@pytest.mark.parametrize(
    "content",
    [
        corpus.video()[:-1],
        corpus.video(extra=b"<html><script>alert(1)</script>"),
        corpus.video(extra=corpus.archive()),
        corpus.video(extra=b"\x00\x00\x00\x08"),
        corpus.video(extra=corpus.box(b"moov")),
        corpus.video(movie=b""),
        corpus.video(movie=corpus.box(b"mvhd", bytes(100))),
        corpus.video(movie=b"\x00\x00\x00\x04trak"),
        corpus.box(b"ftyp", b"isom" + bytes(4)),
        corpus.box(b"ftyp", b"isom" + bytes(4)) + corpus.box(b"mdat", b"x"),
        corpus.box(b"ftyp", b"isom" + bytes(4)) + b"\x00\x00\x00\x01mdat" + b"\xff" * 8,
    ],
)
def test_a_video_whose_boxes_do_not_add_up_is_refused(content: bytes) -> None:
    assert refusal("a.mp4", content) == DAMAGED_VIDEO


def test_a_file_above_the_limit_of_its_family_is_refused(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = {"image": 100, "video": 100, "document": 10_000}

    sentence = refusal("a.jpg", corpus.picture())
    assert re.sub(r"[\d.]+\xa0bytes", "N bytes", sentence) == (
        "“a.jpg” has N bytes; at most N bytes are allowed. Make it smaller and upload it again."
    )
    assert accept_upload(upload("a.pdf", corpus.document())).kind is Kind.PDF


def test_a_full_place_takes_no_more_files() -> None:
    assert refusal("a.jpg", corpus.picture(), quota=at_most(2, already=2)) == (
        "There are already 2 files here, which is the limit. Remove one first."
    )
    assert accept_upload(upload("a.jpg", corpus.picture()), quota=at_most(2, already=1)).kind is Kind.JPEG


# ---- Documents -------------------------------------------------------------------------------------------------------

ACTIVE = (
    "The PDF contains more than pages (a script, an attached file or something that starts by itself). "
    "Print it to a new PDF and upload that."
)
DAMAGED_PDF = "The PDF is damaged, cut off or has something attached. Print it to a new PDF and upload that."
LOCKED = "The PDF is protected by a password. Save a copy without it and upload that."
UNREADABLE = "The PDF is packed in a way that cannot be checked. Print it to a new PDF and upload that."
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.parametrize(
    "content",
    [
        corpus.document(b"/OpenAction " + SCRIPT),
        corpus.document(b"/OpenAction 4 0 R", SCRIPT),
        corpus.document(b"/OpenAction 9 0 R"),
        corpus.document(b"/OpenAction << /S /URI /URI (https://evil.test) >>"),
        corpus.document(b"/OpenAction (?)"),
        corpus.document(b"/OpenAction [3 0 R /Fit] " * 30),
        corpus.document(b"/AA << /O 4 0 R >>"),
        corpus.document(b"/Names << /JavaScript 4 0 R >>"),
        corpus.document(b"", b"<< /S /J#61va#53cript /J#53 (x) >>"),
        corpus.document(b"", b"<< /S /#4a#61#76#61#53#63#72#69#70#74 >>"),
        corpus.document(b"", b"<< /S /Launch /F (cmd.exe) >>"),
        corpus.document(b"/Names << /EmbeddedFiles 4 0 R >>"),
        corpus.document(b"", corpus.stream(b"/Type /EmbeddedFile", b"MZ")),
        corpus.document(b"", b"<< /Type /Annot /Subtype /RichMedia >>"),
        corpus.document(b"/AcroForm << /XFA 4 0 R >>"),
        corpus.document(b"", corpus.object_stream(SCRIPT)),
        corpus.document(b"", corpus.object_stream(b"<< /OpenAction << /S /URI >> >>")),
        corpus.document(b"", corpus.object_stream(b"<< /AA 4 0 R >>", name=b"/Obj#53tm")),
        corpus.document(b"", corpus.object_stream(b"<< /JS (x) >>", filtered=b"/Filter [ /FlateDecode ]")),
        corpus.document(b"", corpus.stream(b"", b"picture data\n7 0 obj " + SCRIPT + b" endobj")),
    ],
)
def test_a_document_that_does_something_is_refused(content: bytes) -> None:
    assert refusal("a.pdf", content) == ACTIVE


@pytest.mark.parametrize(
    "content",
    [
        corpus.document(b"/OpenAction [3 0 R /FitH null]"),
        corpus.document(b"/OpenAction 4 0 R", b"<< /S /GoTo /D [3 0 R /Fit] >>"),
        corpus.document(b"/OpenAction << /Type /Action /S /GoTo /D [3 0 R /Fit] >>"),
        corpus.document(b"", b"<< /S /URI /URI (https://example.test/JSON) >>"),
        corpus.document(b"", corpus.stream(b"/Filter /DCTDecode", b"\xff\xd8 /JS /AA \xff\xd9")),
        corpus.document(b"", corpus.object_stream(b"<< /Type /Font /JSX 1 >>")),
        corpus.document(b"", corpus.stream(b"/Type /ObjStm /N 1 /First 4", b"9 0 << /Type /Font >>")),
        corpus.document() + b"\r\n\n",
    ],
)
def test_a_document_that_only_shows_pages_is_taken(content: bytes) -> None:
    assert accept_upload(upload("a.pdf", content)).kind is Kind.PDF


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        corpus.document()[:-6],
        corpus.document() + corpus.archive(),
        corpus.document() + b"<script>alert(1)</script>",
        corpus.document().replace(b"startxref\n", b"startxref\n9"),
        corpus.document().replace(b"%PDF-1.7", b"%PDF-x.y"),
    ],
)
def test_a_broken_document_is_refused(content: bytes) -> None:
    assert refusal("a.pdf", content) == DAMAGED_PDF


def test_a_locked_document_is_refused() -> None:
    assert refusal("a.pdf", corpus.document(trailer=b"/Encrypt 5 0 R")) == LOCKED


@pytest.mark.parametrize(
    "body",
    [
        corpus.object_stream(b"<< >>", filtered=b"/Filter /LZWDecode"),
        corpus.object_stream(b"<< >>", filtered=b"/Filter [/ASCIIHexDecode /FlateDecode]"),
        corpus.object_stream(b"<< >>", filtered=b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>"),
        corpus.stream(b"/Type /ObjStm /Filter /FlateDecode", b"not deflated"),
        corpus.stream(b"/Type /ObjStm /Filter /FlateDecode", b""),
        corpus.object_stream(bytes(65 * 1024 * 1024)),
        b"<< /Type /ObjStm >>",
    ],
)
def test_a_document_packed_beyond_checking_is_refused(body: bytes) -> None:
    assert refusal("a.pdf", corpus.document(b"", body)) == UNREADABLE


@pytest.mark.parametrize(
    ("unit", "code"),
    [(b"<<", "taken"), (b"stream\n", "taken"), (b"/ObjStm ", "unreadable"), (b"/OpenAction [", "active")],
)
def test_a_document_built_to_keep_the_check_busy_gets_its_answer(unit: bytes, code: str) -> None:
    content = corpus.document(b"", unit * (3_000_000 // len(unit)))
    try:
        answer = "taken" if accept_upload(upload("a.pdf", content)) else ""
    except UploadRefused as refused:
        answer = refused.code

    assert answer == code


# ---- Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\sari\\foto.jpg", "foto.jpg"),
        ("..\\..\\boot.jpg", "boot.jpg"),
        ("photo\u202egpj.exe.jpg", "photogpj.exe.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie: x.jpg"),
        ("a\x1b[31m.jpg", "a[31m.jpg"),
        ("zero\u200bwidth.jpg", "zerowidth.jpg"),
        (".htaccess.jpg", "htaccess.jpg"),
        ("Caf\u0065\u0301.jpg", "Café.jpg"),
        ("  foto   liburan .jpg", "foto liburan .jpg"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
        ("a." + "y" * 300, "a." + "y" * 118),
    ],
)
def test_a_label_is_what_the_person_called_the_file_made_harmless(name: str, label: str) -> None:
    assert clean_label(name) == label


@given(st.text(max_size=300))
def test_every_label_is_short_visible_and_without_a_path(name: str) -> None:
    label = clean_label(name.replace("\x00", ""))

    assert len(label) <= 120
    assert not set("/\\\r\n\t\u202e") & set(label)
    assert clean_label(label) == label


# ---- Nothing breaks it -----------------------------------------------------------------------------------------------

HONEST = {
    "a.jpg": corpus.phone_photo(),
    "a.png": corpus.picture("PNG"),
    "a.webp": corpus.picture("WEBP"),
    "a.mp4": corpus.video(),
    "a.pdf": corpus.document(b"", corpus.object_stream(b"<< /Type /Font >>")),
}


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(HONEST)), st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=3)), max_size=6))
def test_a_file_with_flipped_bytes_is_taken_or_refused_but_never_breaks(
    name: str, changes: list[tuple[int, bytes]]
) -> None:
    content = bytearray(HONEST[name])
    for place, replacement in changes:
        start = place % len(content)
        content[start : start + len(replacement)] = replacement
    try:
        accept_upload(upload(name, bytes(content)))
    except UploadRefused as refused:
        assert len(refused.messages) == 1


# ---- The form field --------------------------------------------------------------------------------------------------


class PhotoForm(forms.Form):
    title = forms.CharField()
    photo = SafeFileField(kinds=IMAGES, required=False)


def test_a_form_hands_out_the_checked_file() -> None:
    form = PhotoForm({"title": "x"}, {"photo": SimpleUploadedFile("foto.jpg", corpus.picture())})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["photo"].kind is Kind.JPEG
    assert form.cleaned_data["photo"].label == "foto.jpg"


def test_a_form_shows_the_refusal_at_the_field() -> None:
    form = PhotoForm({"title": "x"}, {"photo": SimpleUploadedFile("foto.jpg", SVG)})

    assert form.errors == {
        "photo": [
            "“foto.jpg” is not a file we can take here. Use a JPEG picture, a PNG picture, a WebP picture or a HEIC picture."
        ]
    }


def test_a_form_refuses_an_empty_file_with_advice() -> None:
    form = PhotoForm({"title": "x"}, {"photo": SimpleUploadedFile("foto.jpg", b"")})

    assert form.errors == {"photo": ["The file is empty. Choose another one."]}


def test_a_quota_set_on_the_forms_field_counts() -> None:
    form = PhotoForm({"title": "x"}, {"photo": SimpleUploadedFile("foto.jpg", corpus.picture())})
    form.fields["photo"].quota = at_most(1, already=1)  # type: ignore[attr-defined]

    assert form.errors == {"photo": ["There is already 1 file here, which is the limit. Remove it first."]}


def test_clearing_and_keeping_work_as_with_any_file_field() -> None:
    kept = PhotoForm({"title": "x"}, {}, initial={"photo": "old.jpg"})
    cleared = PhotoForm({"title": "x", "photo-clear": "on"}, {}, initial={"photo": "old.jpg"})

    assert kept.is_valid() and kept.cleaned_data["photo"] == "old.jpg"
    assert cleared.is_valid() and cleared.cleaned_data["photo"] is False


def test_the_browser_is_told_which_files_to_offer() -> None:
    assert 'accept=".heic,.heif,.jpeg,.jpg,.png,.webp"' in str(PhotoForm()["photo"])


# ---- Keeping and serving ---------------------------------------------------------------------------------------------


@pytest.fixture
def photo(db: None) -> StoredFile:
    return keep(accept_upload(upload("Foto – “satu”.jpg", corpus.picture())), by="Dinda")


def test_a_kept_file_remembers_who_brought_what(photo: StoredFile) -> None:
    assert photo.label == "Foto – “satu”.jpg"
    assert photo.mime == "image/jpeg"
    assert photo.uploaded_by == "Dinda"
    assert photo.size == photo.file.size
    assert re.fullmatch(r"kept/\d{4}/\d{2}/[0-9a-f]{32}\.jpg", photo.file.name)


def test_a_file_is_served_as_a_download_that_runs_nothing(photo: StoredFile) -> None:
    with photo.file.storage.open(photo.file.name) as disk:
        kept = disk.read()
    answer = serve_file(RequestFactory().get("/"), StoredFile.objects.get())

    assert b"".join(answer.streaming_content) == kept  # type: ignore[attr-defined]
    assert {name: answer[name] for name in sorted(answer.headers)} == {
        "Cache-Control": "private, max-age=300",
        "Content-Disposition": "attachment; filename*=utf-8''Foto%20%E2%80%93%20%E2%80%9Csatu%E2%80%9D.jpg",
        "Content-Length": str(photo.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Type": "image/jpeg",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": f'"{photo.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }
    answer.close()


def test_a_picture_may_be_shown_in_the_page_and_a_document_may_not(photo: StoredFile) -> None:
    paper = keep(accept_upload(upload("a.pdf", corpus.document())), by="Dinda")
    request = RequestFactory().get("/")

    shown = serve_file(request, photo, disposition=Disposition.INLINE)
    saved = serve_file(request, paper, disposition=Disposition.INLINE)

    assert shown["Content-Disposition"].startswith("inline; ")
    assert saved["Content-Disposition"] == 'attachment; filename="a.pdf"'
    shown.close()
    saved.close()


def test_a_browser_that_has_the_file_is_told_so(photo: StoredFile) -> None:
    answer = serve_file(RequestFactory().get("/", HTTP_IF_NONE_MATCH=f'"{photo.sha256}"'), photo)

    assert (answer.status_code, answer["ETag"]) == (304, f'"{photo.sha256}"')


def test_a_file_gone_from_the_disk_is_not_found(photo: StoredFile) -> None:
    photo.file.storage.delete(photo.file.name)

    with pytest.raises(Http404):
        serve_file(RequestFactory().get("/"), photo)


def test_every_kind_has_a_human_name() -> None:
    assert all(kind.human for kind in EVERY_KIND)
