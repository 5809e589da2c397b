"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
import threading

PDFIUM = threading.RLock()
"""PDFium is for one thread at a time: whoever calls it, anywhere in the program, holds this."""

_QUALITY = 85


def pdf_pictures(pdf: bytes, most: int, dots: int = 1400) -> tuple[list[bytes], int]:
    """The first pages of a PDF, at most `most`, as JPEG of `dots` on the longer side, and how many pages it has.

    Empty and 0 for a file that cannot be read or asks for a password.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    with PDFIUM:
        try:
            document = PdfDocument(pdf)
        except PdfiumError:
            return [], 0
        try:
            count = len(document)
            return [_jpeg(document[number], dots) for number in range(min(most, count))], count
        except PdfiumError:
            return [], 0
        finally:
            document.close()


def _jpeg(page: object, dots: int) -> bytes:
    scale = dots / max(*page.get_size(), 1.0)  # type: ignore[attr-defined]
    target = io.BytesIO()
    picture = page.render(scale=scale).to_pil().convert("RGB")  # type: ignore[attr-defined]
    picture.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
