"""What a label printer says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from core.errors import CoreError
from core.i18n import Text, _

PrinterLanguage: TypeAlias = Literal["zpl", "tspl", "escpos", "pdf"]


class PrinterWord(StrEnum):
    """How a printer stands, the most pressing first."""

    HEAD_OPEN = "head_open"
    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    JAM = "jam"
    FAULT = "fault"
    HOT = "hot"
    PAUSED = "paused"
    GARBAGE = "garbage"
    SILENT = "silent"
    PRINTING = "printing"
    PAPER_LOW = "paper_low"
    READY = "ready"


_WORDS: dict[PrinterWord, Text] = {
    PrinterWord.HEAD_OPEN: _("The cover or print head is open. Close it; printing goes on by itself."),
    PrinterWord.PAPER_OUT: _("No labels left. Put in a new roll and close the cover; printing goes on by itself."),
    PrinterWord.RIBBON_OUT: _("No ribbon left. Put in a new ribbon; printing goes on by itself."),
    PrinterWord.JAM: _("Labels are jammed. Open the cover, clear the way and close it."),
    PrinterWord.FAULT: _("The printer reports a fault. Switch it off and on; its manual says more."),
    PrinterWord.HOT: _("The print head is too hot or too cold. The printer goes on by itself when it is right again."),
    PrinterWord.PAUSED: _("The printer is paused. Press its pause key."),
    PrinterWord.GARBAGE: _("The printer answers in another language. Check its language on the device page."),
    PrinterWord.SILENT: _(
        "The printer does not answer. It may be out of labels or ribbon, open, switched off, or unable to answer."
    ),
    PrinterWord.PRINTING: _("Printing now"),
    PrinterWord.PAPER_LOW: _("Ready; the roll is nearly used up"),
    PrinterWord.READY: _("Ready"),
}


_IDLE = (PrinterWord.READY, PrinterWord.PAPER_LOW)
_GOING = (*_IDLE, PrinterWord.PRINTING)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What a printer said when it was asked.

    Each of `paper`, `ribbon` and `head` is True when fine, False when not, None when this printer does not say. `waiting`
    labels stand in its memory and `counter` is its own count of labels printed, where it tells. `is_ready` says that it
    would take labels now; it does not say that those sent before came out.
    """

    paper: bool | None = None
    ribbon: bool | None = None
    head: bool | None = None
    pause: bool = False
    is_busy: bool = False
    is_paper_low: bool = False
    fault: PrinterWord | None = None
    waiting: int | None = None
    counter: int | None = None

    @property
    def word(self) -> PrinterWord:
        """The most pressing of all that was said."""
        if self.fault in (PrinterWord.SILENT, PrinterWord.GARBAGE):
            return self.fault
        said = (
            (self.head is False, PrinterWord.HEAD_OPEN),
            (self.paper is False, PrinterWord.PAPER_OUT),
            (self.ribbon is False, PrinterWord.RIBBON_OUT),
            (self.fault is not None, self.fault or PrinterWord.FAULT),
            (self.pause, PrinterWord.PAUSED),
            (self.is_busy or bool(self.waiting), PrinterWord.PRINTING),
            (self.is_paper_low, PrinterWord.PAPER_LOW),
        )
        return next((word for is_so, word in said if is_so), PrinterWord.READY)

    @property
    def words(self) -> Text:
        """The same as a sentence for the person who stands in front of it."""
        return _WORDS[self.word]

    @property
    def is_ready(self) -> bool:
        """Whether it stands idle and would print what is sent now."""
        return self.word in _IDLE

    @property
    def is_stopped(self) -> bool:
        """Whether it said why it does not print: a person has to do something."""
        return self.word not in (*_GOING, PrinterWord.SILENT, PrinterWord.GARBAGE)

    @property
    def is_silent(self) -> bool:
        """Whether it said nothing that could be understood: with some makes that is how being out of labels sounds."""
        return self.word in (PrinterWord.SILENT, PrinterWord.GARBAGE)


SILENT = PrinterStatus(fault=PrinterWord.SILENT)
GARBAGE = PrinterStatus(fault=PrinterWord.GARBAGE)


class LinkFault(CoreError):
    """A printer cannot be reached, or the way to it broke. `word`: absent, refused, busy, timeout, closed, stalled."""

    def __init__(self, text: Text, word: str) -> None:
        super().__init__(text)
        self.word = word
