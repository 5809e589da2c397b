"""The language on screen, and the site's zone and money sign: what every widget asks when it puts something into words.

The shell calls `set_language` and `set_place`; every widget here keeps its `Text` and says it anew by itself, so a
switch of language loses nothing that was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication

from core.i18n import Language, Text
from core.values import CURRENCY_SIGNS, digits_of

Words: TypeAlias = Text | str
"""A text to be said in the person's language, or data (a name, a code) that is shown as it stands."""


@dataclass(slots=True)
class _OnScreen:
    language: Language = "en"
    zone: tzinfo = UTC
    currency: str = "CNY"


_on_screen = _OnScreen()


class Spoken:
    """A widget that says its texts again when the language changes."""

    def retranslate(self) -> None:
        """Put every text of this widget (not of its children) into words again."""
        raise NotImplementedError


def language() -> Language:
    """The language on screen now."""
    return _on_screen.language


def set_language(chosen: Language) -> None:
    """Show everything in another language, at once and in place."""
    _on_screen.language = chosen
    for widget in QApplication.allWidgets():
        if isinstance(widget, Spoken):
            widget.retranslate()


def set_place(zone: str, currency: str) -> None:
    """The zone times are shown in and the currency of amounts; said by the shell when a site is opened."""
    _on_screen.zone = ZoneInfo(zone)
    _on_screen.currency = currency


def ui_text(words: Words) -> str:
    """Words in the language on screen."""
    return words.render(_on_screen.language) if isinstance(words, Text) else words


def local_time(at: datetime) -> datetime:
    """A moment on the site's clock."""
    return at.astimezone(_on_screen.zone)


def money_sign() -> str:
    """The sign of the site's currency, or its code when it has none."""
    return CURRENCY_SIGNS.get(_on_screen.currency, _on_screen.currency)


def money_digits() -> int:
    """Decimals of the site's currency."""
    return digits_of(_on_screen.currency)
