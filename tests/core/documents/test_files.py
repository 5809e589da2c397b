"""Attached files and photos: what is kept, what is refused, and who may."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from core import documents
from core.documents.steps.files import MOST_BYTES, media_type_of
from core.errors import CoreError, InvalidInput, NotFound
from core.office import Office


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **over: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, over.pop("colour", "red")).save(out, kind, **over)  # type: ignore[arg-type]
    return out.getvalue()


def add(office: Office, name: str, content: bytes, *, is_photo: bool = False, owner_kind: str = "item") -> int:
    return office.do(
        documents.add_attachment, owner_kind=owner_kind, owner_id=7, name=name, content=content, is_photo=is_photo
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_photo_is_kept_small_with_a_thumbnail(office: Office, kind: str) -> None:
    key = add(office, f"C:\\photos\\fish.{kind.lower()}", picture(kind, (2400, 1200)), is_photo=True)
    kept = office.ask(documents.get_attachment, attachment_id=key)
    assert (kept.name, kept.media_type) == ("fish.jpg", "image/jpeg")
    assert Image.open(io.BytesIO(kept.content)).size == (1600, 800)
    small = office.ask(documents.list_thumbnails, owner_kind="item", owner_ids=[7, 8])
    assert Image.open(io.BytesIO(small[7])).size == (96, 48)


def test_a_new_photo_takes_the_place_of_the_one_before(office: Office) -> None:
    first = add(office, "1.png", picture(colour="red"), is_photo=True)
    second = add(office, "2.png", picture(colour="blue"), is_photo=True)
    rows = office.ask(documents.list_attachments, owner_kind="item", owner_id=7)
    assert [(row.id, row.is_photo) for row in rows] == [(second, True), (first, False)]
    office.do(documents.remove_attachment, attachment_id=second)
    assert office.ask(documents.list_thumbnails, owner_kind="item", owner_ids=[7]) == {}
    with pytest.raises(NotFound):
        office.do(documents.remove_attachment, attachment_id=second)
    with pytest.raises(NotFound):
        office.ask(documents.get_attachment, attachment_id=second)


def test_what_is_transparent_becomes_white_and_the_camera_says_nothing(office: Office) -> None:
    clear = picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))
    kept = office.ask(documents.get_attachment, attachment_id=add(office, "a.png", clear, is_photo=True))
    assert Image.open(io.BytesIO(kept.content)).convert("RGB").getpixel((3, 3)) == (255, 255, 255)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "secret place"
    turned = picture("JPEG", (80, 40), exif=exif)
    kept = office.ask(documents.get_attachment, attachment_id=add(office, "b.jpg", turned, is_photo=True))
    shown = Image.open(io.BytesIO(kept.content))
    assert shown.size == (40, 80)
    assert not shown.getexif()


def test_other_files_are_kept_as_they_are(office: Office) -> None:
    key = add(office, "检验报告.pdf", b"%PDF-1.7 report")
    kept = office.ask(documents.get_attachment, attachment_id=key)
    assert (kept.name, kept.media_type, kept.content) == ("检验报告.pdf", "application/pdf", b"%PDF-1.7 report")
    plain = picture("PNG", (300, 100))
    kept = office.ask(documents.get_attachment, attachment_id=add(office, "plan.png", plain))
    assert kept.content == plain
    assert media_type_of("fake.jpg", b"no picture") == "application/octet-stream"
    with pytest.raises(InvalidInput, match="already"):
        add(office, "again.png", plain)


def bomb() -> bytes:
    """A PNG of 60,000 by 60,000 pixels that says so in its head only."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content", "is_photo"),
    [
        ("empty.txt", b"", False),
        ("huge.bin", b"x" * (MOST_BYTES + 1), False),
        ("bomb.png", bomb(), True),
        ("bomb.png", bomb(), False),
        ("cut.jpg", picture("JPEG", (500, 500))[:200], True),
        ("words.jpg", b"this is no picture", True),
        ("report.pdf", b"%PDF-1.7", True),
        ("virus.exe", b"MZ", False),
        ("C:/x/virus.BAT", b"x", False),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    office: Office, name: str, content: bytes, *, is_photo: bool
) -> None:
    with pytest.raises(InvalidInput) as caught:
        add(office, name, content, is_photo=is_photo)
    assert caught.value.field == "file"
    assert office.ask(documents.list_attachments, owner_kind="item", owner_id=7) == []


def test_a_picture_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.png"
    with file.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    with pytest.raises(InvalidInput, match="200 MB; at most 25 MB"):
        documents.read_file(file)
    with pytest.raises(NotFound):
        documents.read_file(tmp_path / "gone.png")
    small = tmp_path / "small.txt"
    small.write_bytes(b"x")
    assert documents.read_file(small) == b"x"


def test_files_belong_to_records_that_are_known(office: Office) -> None:
    with pytest.raises(CoreError):
        add(office, "a.txt", b"x", owner_kind="moon")
