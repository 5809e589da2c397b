"""Reads papers as a person would."""

from __future__ import annotations

import pypdfium2


def text_of(pdf: bytes) -> str:
    """All words of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    words = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        words.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return "\n".join(words)
