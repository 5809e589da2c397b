"""The one place that routes a scan, wherever it comes from: what the person is doing takes it, otherwise it is found.

A page, panel, dialog or window that wants scans has `scan(scan) -> bool`, a field `take_scan(scan) -> bool`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import CoreError
from core.i18n import Text, _, join
from desktop.shell.host import answer_of
from desktop.shell.registry import Thing
from desktop.shell.scan_panel import ScanLine, ScanPanel, code_words, facts_words
from desktop.widgets import PageBase

if TYPE_CHECKING:
    from core.devices import Heard, Scan, ScanProfile
    from desktop.shell.frame import Frame

IGNORED = "scan/ignored"
MOST_IGNORED = 300
COUNTRY_OF = {"CNY": "cn", "NOK": "no", "SEK": "se", "GBP": "gb", "EUR": "de", "DKK": "dk", "USD": "us"}
LOOK_MS = 15
MOST_LOOKS = 400


class Scanning(QObject):
    """Routes the scans of one frame. `routed(scan, words)` says what became of each, once."""

    routed = Signal(object, object)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._profile: ScanProfile | None = None
        self._turn = 0
        self._waiting: set[str] = set()
        self._things: list[Thing] = []
        self.panel = ScanPanel(frame)

    # --- what comes

    def scanned(self, raw: str) -> None:
        """A code as a scanner gave it."""
        from core.devices import parse_scan

        self.route(parse_scan(raw, self._rules()))

    def heard(self, heard: Heard) -> None:
        """A scan of a device; one that was cut on the way is refused."""
        if heard.trouble is not None:
            self.say(heard.trouble, is_refused=True)
        else:
            self.scanned(heard.raw)

    def route(self, scan: Scan) -> None:
        """Give a scan to who wants it, else find what it is."""
        self.panel.close_up()
        if not scan.code and scan.own is None:
            self._tell(scan, _refusal(scan), is_refused=True)
            return
        modal = QApplication.activeModalWidget()
        for taker, name, words in self._takers(modal):
            if answer_of(taker, name, scan):
                self._tell(scan, _taken(scan, words))
                return
        if modal is not None:
            self._tell(scan, _("A question is open: answer it first, then scan again."), is_refused=True)
            return
        self._find(scan)

    # --- what pages ask (ScanDoor)

    def unknown(self, scan: Scan, again: Callable[[], object]) -> None:
        """Nobody knows this code."""
        code = code_words(scan)
        if code in self._ignored():
            self._tell(scan, _("{code} is ignored here.", code=code))
            return
        lines = []
        for choice in self._frame.desk.registry.unknown_choices:
            if self._frame.may(choice.permission):
                title = self._frame.context.words(choice.title)
                run = partial(choice.run, self._frame.context, scan, again)
                lines.append(ScanLine(title, run, icon=choice.icon, key=choice.key))
        lines.append(
            ScanLine(self._frame.context.words(_("Ignore this code from now on")), lambda: self._ignore(code), icon="close", key="I")
        )  # fmt: skip
        self._tell(scan, _("Nobody knows the code {code}.", code=code), is_refused=True)
        self._offer(scan, _("Unknown code {code}", code=code), lines)

    def hand_to(self, route: str, scan: Scan, **args: object) -> None:
        """Show a page and give it the scan once it is loaded."""
        self._frame.go(route, **args)
        page = self._frame.host.page()
        step = self._frame.host.step
        if page is not None and step is not None and step.route == route:
            self._hand_when_loaded(page, scan, MOST_LOOKS)

    def open_beside(self, panel: QWidget) -> bool:
        """Open a panel beside what is on show."""
        page = self._frame.host.page()
        if not isinstance(page, PageBase) or answer_of(page.panel(), "is_changed"):
            return False
        page.open_panel(panel, 420)
        return True

    def subject(self) -> tuple[int, str] | None:
        """The item the person is looking at."""
        found: tuple[int, str] | None = answer_of(self._frame.host.page(), "subject_item")
        return found

    def say(self, text: Text, *, is_refused: bool = False) -> None:
        """Say quietly what a scan did; a refused one is heard as well."""
        self._frame.footer.show_scan(text, is_refused=is_refused)
        if is_refused and self._frame.desk.settings.get("scan/beep", "1") == "1":
            QApplication.beep()

    # --- who takes it

    def _takers(self, modal: QWidget | None) -> Iterator[tuple[QWidget | None, str, Text | None]]:
        focus = QApplication.focusWidget()
        while focus is not None:
            if hasattr(focus, "take_scan"):
                yield focus, "take_scan", None
            focus = focus.parentWidget()
        if modal is not None:
            yield modal, "scan", None
            return
        window = QApplication.activeWindow()
        if window is not None and window is not self._frame.window():
            yield window, "scan", None
        page = self._frame.host.page()
        shown = self._frame.page()
        words = shown.title if shown is not None else None
        yield answer_of(page, "panel"), "scan", words
        yield page, "scan", words

    def _hand_when_loaded(self, page: QWidget, scan: Scan, looks: int) -> None:
        if page is not self._frame.host.page():
            return
        if answer_of(page, "is_loaded") is False and looks:
            QTimer.singleShot(LOOK_MS, page, lambda: self._hand_when_loaded(page, scan, looks - 1))
        else:
            answer_of(page, "scan", scan)

    # --- finding

    def _find(self, scan: Scan) -> None:
        self._turn += 1
        turn = self._turn
        finders = [one for one in self._frame.desk.registry.finders if self._frame.may(one.permission)]
        self._waiting, self._things = {one.id for one in finders}, []
        if not finders:
            self._found(scan)

        def take(finder_id: str, things: list[Thing]) -> None:
            if turn != self._turn or finder_id not in self._waiting:
                return
            self._waiting.discard(finder_id)
            self._things += things
            if not self._waiting:
                self._found(scan)

        for finder in finders:
            owner = _Asker(self, partial(take, finder.id))
            finder.find(self._frame.context, owner, scan, owner.found)

    def _found(self, scan: Scan) -> None:
        things = self._things
        if not things:
            self.unknown(scan, lambda: self.route(scan))
            return
        names = [thing.title for thing in things]
        self._tell(scan, _("{code}: {found}", code=code_words(scan), found=", ".join(names[:3])))
        lines = [line for thing in things for line in self._lines_of(thing, scan, is_only=len(things) == 1)]
        if len(lines) == 1:
            lines[0].run()
        elif lines:
            title = things[0].title if len(things) == 1 else code_words(scan)
            self._offer(scan, title, lines, note=things[0].note if len(things) == 1 else "")

    def _lines_of(self, thing: Thing, scan: Scan, *, is_only: bool) -> Iterator[ScanLine]:
        words = self._frame.context.words
        for action in self._frame.desk.registry.thing_actions(thing.kind):
            if self._frame.may(action.permission):
                note = "" if is_only else f"{thing.title} {thing.note}".strip()
                yield ScanLine(
                    words(action.title), partial(action.run, self._frame.context, thing, scan), note,
                    action.icon or thing.icon,
                )  # fmt: skip

    def _offer(self, scan: Scan, title: Text | str, lines: list[ScanLine], note: str = "") -> None:
        words = self._frame.context.words
        facts = [words(one) for one in facts_words(scan)]
        trouble = scan.troubles[0].text if scan.troubles else ""
        self.panel.offer(title, "  ·  ".join([*([note] if note else []), *facts]), trouble, lines)

    # --- remembering and telling

    def _ignored(self) -> list[str]:
        return [line for line in self._frame.desk.settings.get(IGNORED).split("\n") if line]

    def _ignore(self, code: str) -> None:
        kept = [*self._ignored(), code]
        self._frame.desk.settings.put(IGNORED, "\n".join(kept[-MOST_IGNORED:]))
        self.say(_("{code} is ignored here.", code=code))

    def _tell(self, scan: Scan, text: Text, *, is_refused: bool = False) -> None:
        self.say(text, is_refused=is_refused)
        if self._frame.desk.devices is not None:
            self._frame.desk.devices.note(scan, text)
        self.routed.emit(scan, text)

    def _rules(self) -> ScanProfile:
        """How codes of this country's scales are read; the site's currency says which."""
        if self._profile is None:
            from core.devices import ScanProfile, named_profile

            place = self._frame.desk.settings.get("scan/country") or COUNTRY_OF.get(self._frame.desk.currency, "")
            self._profile = named_profile(place) if place else ScanProfile()
        return self._profile


class _Asker(QWidget):
    """Asks for one finder; a finder that fails finds nothing, the others are not kept waiting."""

    def __init__(self, router: Scanning, take: Callable[[list[Thing]], None]) -> None:
        super().__init__(router.panel)
        self.hide()
        self._take = take

    def found(self, things: list[Thing]) -> None:
        """The finder has answered."""
        self._take(things)
        self.deleteLater()

    def show_error(self, _error: CoreError) -> None:
        """The finder's question failed."""
        self.found([])


def _refusal(scan: Scan) -> Text:
    if scan.troubles:
        return scan.troubles[0].text
    return _("This scan says nothing that could be looked up.")


def _taken(scan: Scan, where: Text | None) -> Text:
    said: list[Any] = [_("Scanned {code}", code=code_words(scan))]
    if where is not None:
        said.append(where)
    said += facts_words(scan)
    if scan.troubles:
        said.append(scan.troubles[0].text)
    return join(said, " · ")
