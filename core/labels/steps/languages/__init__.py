"""What printers understand: a page of dots as ZPL II, TSPL or ESC/POS.

A label is sent as one picture (in TSPL as its inked bands). So what is seen is what prints on every printer whatever its
fonts, and nothing a person typed ever stands in a printer's language.
"""

from __future__ import annotations

from collections.abc import Callable

from core.errors import InvalidInput
from core.i18n import _
from core.labels.rules.dots import to_dots
from core.labels.steps.languages.dots import moved, within
from core.labels.steps.languages.escpos import to_escpos
from core.labels.steps.languages.tspl import to_tspl
from core.labels.steps.languages.zpl import to_zpl
from core.labels.steps.raster import with_dots
from core.labels.types import LabelPage, Media

LANGUAGES: dict[str, Callable[[LabelPage, int, Media], bytes]] = {
    "zpl": to_zpl, "tspl": to_tspl, "escpos": to_escpos,
}  # fmt: skip
MOST_COPIES = 9999
_USUAL = Media()


def encode(page: LabelPage, language: str, copies: int = 1, media: Media = _USUAL) -> bytes:
    """One label in a printer's language: `zpl`, `tspl` or `escpos`, printed `copies` times.

    The page is not checked again: `check_pages` does that for a whole job. Raises InvalidInput for a language nobody
    speaks and for less than 1 or more than 9,999 copies.
    """
    check_language(language)
    if not 1 <= copies <= MOST_COPIES:
        raise InvalidInput(_("Print 1 to {most} copies, not {n}.", most=MOST_COPIES, n=copies), field="copies")
    return LANGUAGES[language](_placed(page, media), copies, media)


def check_language(language: str) -> None:
    """Raises InvalidInput for a language that no printer here speaks."""
    if language not in LANGUAGES:
        raise InvalidInput(
            _(
                "“{language}” is no printer language. Choose {known}.",
                language=language[:20],
                known=", ".join(LANGUAGES),
            ),
            field="language",
        )


def _placed(page: LabelPage, media: Media) -> LabelPage:
    """The page with its dots, moved and turned as the printer needs it."""
    page = within(with_dots(page), to_dots(media.head, page.dpi))
    right, down = to_dots(media.offset_x, page.dpi), to_dots(media.offset_y, page.dpi)
    return moved(page, right, down, media.is_turned) if right or down or media.is_turned else page


__all__ = ["LANGUAGES", "check_language", "encode"]
