"""What this PC remembers of printing: by kind of paper its language and size, by printer where its ink really lands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from core.documents import PAPER_LANGUAGES
from desktop.context import Paper
from desktop.printing.source import SIZES, PaperSource
from desktop.settings import Settings

MOST_SHIFT = 20.0
Shift = tuple[float, float]
"""Millimetres to the right and down."""


def chosen_last(maker: Callable[[], Paper], settings: Settings) -> Callable[[], Paper]:
    """The maker of a paper in the language and size chosen last for its kind."""
    if not isinstance(maker, PaperSource):
        return maker
    language = settings.get(_key("language", maker.kind))
    size = settings.get(_key("size", maker.kind))
    return partial(
        maker.make, language if language in PAPER_LANGUAGES else maker.language, size if size in SIZES else ""
    )


def remember_choice(settings: Settings, kind: str, language: str, size: str) -> None:
    """Make papers of this kind so next time."""
    settings.put(_key("language", kind), language)
    settings.put(_key("size", kind), size)


def shift_of(settings: Settings, printer: str) -> Shift:
    """How far a printer's pages are moved so that they stand where they should; a damaged value moves nothing."""
    words = settings.get(_key("shift", printer)).split(" ")
    try:
        right, down = (float(word) for word in words)
    except ValueError:
        return 0.0, 0.0
    is_sane = max(abs(right), abs(down)) <= MOST_SHIFT
    return (right, down) if is_sane else (0.0, 0.0)


def remember_shift(settings: Settings, printer: str, shift: Shift) -> None:
    """Move all pages of this printer so from now on, at most 20 mm."""
    right, down = (max(-MOST_SHIFT, min(MOST_SHIFT, length)) for length in shift)
    settings.put(_key("shift", printer), f"{right:.1f} {down:.1f}")


def _key(what: str, name: str) -> str:
    return f"paper_{what}_{name}".replace("/", "_").replace("\\", "_")
