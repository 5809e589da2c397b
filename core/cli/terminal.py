"""Speaking to the terminal: in which language, and where data and sentences go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO

import typer

from core.errors import CoreError, InvalidInput, Outdated, Rejected, Unreachable
from core.i18n import LANGUAGES, Language, Text, _

# What stands in a file is repeated in sentences: it must not steer the terminal.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")


def language_of_terminal() -> Language:
    """Chinese where the terminal is Chinese, else English."""
    for name in ("STEWARD_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def help_text(text: Text) -> str:
    """A text of `--help`, which is made before any option is read."""
    return text.render(language_of_terminal())


@dataclass(slots=True)
class Terminal:
    """Where one run of the command speaks. `language` is the terminal's until an option or a site says another."""

    language: Language
    is_chosen: bool = False

    def choose(self, language: str | None) -> None:
        """Speak the language of an option. Raises InvalidInput for any other than zh and en."""
        if language is None:
            return
        if language not in LANGUAGES:
            raise InvalidInput(
                _("“{language}” is not a language of this program. Write zh or en.", language=language[:20]),
                field="--language",
            )
        self.language, self.is_chosen = language, True

    def follow(self, site_language: Language) -> None:
        """Speak the site's language when no option chose one."""
        if not self.is_chosen and site_language in LANGUAGES:
            self.language = site_language

    def say(self, *texts: Text) -> None:
        """Sentences for the person, a line each."""
        for text in texts:
            _write(sys.stderr, text.render(self.language))

    def complain(self, fault: CoreError) -> None:
        """What went wrong, and of many errors each with its row and field."""
        for one in fault.errors if isinstance(fault, Rejected) else ():
            _write(sys.stderr, place_of(one, self.language) + one.text.render(self.language))
        self.say(sentence_of(fault))
        if isinstance(fault, Outdated):
            self.say(_("On the command line: steward upgrade --site SITE"))

    def progress(self) -> Callable[[float, Text], None] | None:
        """Writes on one line how far longer work is, where a person watches; None elsewhere."""
        if not is_terminal(sys.stderr):
            return None

        def show(share: float, what: Text) -> None:
            end = "\n" if share >= 1 else ""
            sys.stderr.write(f"\r{share:4.0%} {what.render(self.language)}\x1b[K{end}")
            sys.stderr.flush()

        return show

    def hand_out(self, content: bytes) -> None:
        """Data to standard output."""
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(content.decode("utf-8", "replace"))
        else:
            buffer.write(content)
        sys.stdout.flush()


def sentence_of(fault: CoreError) -> Text:
    """What went wrong. Unlike a window, a command keeps nothing for later."""
    if isinstance(fault, Unreachable):
        return _("The database cannot be reached. Nothing was saved. Check that it runs and try again.")
    return fault.text


def place_of(fault: CoreError, language: Language) -> str:
    """Row and column in front of a sentence."""
    if fault.row is not None and fault.field:
        return _("Row {row}, {field}: ", row=fault.row, field=fault.field).render(language)
    if fault.row is not None:
        return _("Row {row}: ", row=fault.row).render(language)
    return ""


def is_terminal(stream: object) -> bool:
    """Whether a person sits at the other end."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty is not None and isatty())


def terminal_of(context: typer.Context) -> Terminal:
    """The terminal of this run."""
    found = context.obj
    assert isinstance(found, Terminal)
    return found


def prepare_streams(streams: Sequence[object]) -> None:
    """Chinese goes to any terminal and file, whatever the system's code page is."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _write(stream: TextIO, line: str) -> None:
    stream.write(line.translate(_CONTROLS) + "\n")
    stream.flush()
