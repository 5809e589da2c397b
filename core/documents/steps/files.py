"""Building blocks: files as they are kept: what they are, how large they may be, and small pictures of them."""

from __future__ import annotations

import io
import mimetypes
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from core.errors import InvalidInput, NotFound
from core.i18n import Text, _

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 25 * 1024 * 1024
PHOTO_EDGE = 1600
THUMBNAIL_EDGE = 96
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff")
# What a double click would run: never kept, whatever it is called in the program.
RUNNABLE = {
    ".exe", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh", ".msi", ".msp", ".scr",
    ".pif", ".cpl", ".hta", ".jar", ".lnk", ".reg", ".dll", ".sh", ".desktop", ".appimage",
}  # fmt: skip
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it goes into the database."""

    name: str
    media_type: str
    content: bytes
    thumbnail: bytes | None


def read_file(path: Path) -> bytes:
    """A file that is to be attached; too large a one is refused before it is read. Raises InvalidInput, NotFound."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InvalidInput(_too_large(size), field="file")
        return path.read_bytes()
    except OSError as fault:
        raise NotFound(_("The file {name} cannot be read.", name=path.name), field="file") from fault


def kept_file(name: str, content: bytes, *, is_photo: bool) -> KeptFile:
    """A file ready to be kept: a photo at most 1600 pixels wide or high, without what the camera wrote into it; every
    picture with a small one of 96 pixels. Raises InvalidInput for an empty, too large, damaged or runnable file."""
    clean = _file_name(name)
    if not content:
        raise InvalidInput(_("The file {name} is empty.", name=clean), field="file")
    if len(content) > MOST_BYTES:
        raise InvalidInput(_too_large(len(content)), field="file")
    media_type = media_type_of(clean, content)
    if media_type not in PICTURES:
        if is_photo:
            raise InvalidInput(
                _("{name} is no picture. A photo is a JPEG, PNG or WebP file.", name=clean), field="file"
            )
        return KeptFile(clean, media_type, content, None)
    return _kept_picture(clean, media_type, content, is_photo=is_photo)


def media_type_of(name: str, content: bytes) -> str:
    """What a file is by its first bytes, else by its name."""
    for start, media_type in _SIGNATURES:
        if content.startswith(start):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    guess = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return "application/octet-stream" if guess in PICTURES else guess


def _file_name(name: str) -> str:
    clean = PurePath(name.replace("\\", "/")).name
    clean = "".join(letter for letter in clean if letter.isprintable()).strip()[-200:] or "file"
    if PurePath(clean).suffix.lower().rstrip(". ") in RUNNABLE:
        raise InvalidInput(_("{name} is a program. Programs cannot be attached.", name=clean), field="file")
    return clean


def _too_large(size: int) -> Text:
    mega = 1024 * 1024
    return _(
        "The file has {size} MB; at most {most} MB can be attached. Make it smaller first.",
        size=-(-size // mega),
        most=MOST_BYTES // mega,
    )


def _kept_picture(name: str, media_type: str, content: bytes, *, is_photo: bool) -> KeptFile:
    from PIL import Image, ImageOps, UnidentifiedImageError

    damaged = InvalidInput(_("{name} cannot be read as a picture. It may be damaged.", name=name), field="file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as opened:
                opened.draft("RGB", (PHOTO_EDGE, PHOTO_EDGE))
                picture = ImageOps.exif_transpose(opened)
                thumbnail = _encoded(picture, THUMBNAIL_EDGE)
                if not is_photo:
                    return KeptFile(name, media_type, content, thumbnail)
                return KeptFile(f"{PurePath(name).stem}.jpg", "image/jpeg", _encoded(picture, PHOTO_EDGE), thumbnail)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
        raise InvalidInput(
            _("The picture {name} has too many pixels. Make it smaller first.", name=name), field="file"
        ) from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        raise damaged from fault


def _encoded(picture: Image.Image, edge: int) -> bytes:
    """The picture as JPEG, no edge longer than `edge`; what is transparent becomes white."""
    from PIL import Image

    small = picture.convert("RGBA" if picture.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    out = io.BytesIO()
    small.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
