"""What every page is handed: the office, the three verbs, the shell's door, and how to say things. No globals.

A page asks (`context.ops.ask`), does (`context.ops.do`) and watches (`context.hub.watch`); to go somewhere else, to say
that something was posted or to print, it asks the shell (`context.shell`). Pages of one domain never import another's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from PySide6.QtWidgets import QWidget

from core.i18n import Language, Text, tr

if TYPE_CHECKING:
    from core.devices import Scan
    from core.office import Office
    from desktop.devices.hub import DeviceHub
    from desktop.hub import Hub
    from desktop.ops import Ops
    from desktop.printing.source import PaperSource
    from desktop.settings import Settings


Devices: TypeAlias = "DeviceHub"
"""The scanners, scales and probes of this PC."""


@dataclass(frozen=True)
class Posted:
    """What the footer says after a posting: "Receipt R-0012 posted", with Undo, Print and Labels beside it.

    `undo` are the arguments of the registered undo command (for stock `{"posting_id": 7}`), or of `take_back` where another
    command takes it back; None: it cannot be undone.
    """

    text: Text
    undo: Mapping[str, object] | None = None
    print_document: Callable[[], None] | None = None
    undone: Callable[[], None] | None = None
    print_labels: Callable[[], None] | None = None
    take_back: Callable[..., Any] | None = None


@dataclass(frozen=True)
class Paper:
    """A finished PDF on its way to the preview: its bytes, its name, and its kind (printers are remembered by kind).

    The rest is for the archive of what was printed, and `source` makes it again in another language or size.
    """

    title: str
    pdf: bytes
    kind: str = "document"
    filename: str = "document.pdf"
    number: str = ""
    language: str = ""
    size: str = ""
    owner_kind: str = ""
    owner_id: int = 0
    source: PaperSource | None = field(default=None, compare=False, repr=False)


class ShellDoor(Protocol):
    """What a page may ask of the frame around it."""

    def go(self, route: str, **args: object) -> None:
        """Show a page; `args` go to its factory. The page before stays behind Back."""

    def can_go(self, route: str) -> bool:
        """Whether this program has the page and the person may see it; ask before offering a link."""

    def back(self) -> None:
        """Show the page before."""

    def may(self, permission: object | None) -> bool:
        """Whether the person signed in holds a right; None is no right needed."""

    def posted(self, posted: Posted) -> None:
        """Say quietly in the footer what was posted."""

    def say(self, text: Text) -> None:
        """A passing line (a toast) that asks nothing."""

    def show_error(self, text: Text) -> None:
        """A failure that has no field and no page to stand in."""

    def preview(self, paper: Paper) -> None:
        """Show a PDF, to print or to save."""

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None:
        """Run `maker` beside the window, then show what it made.

        A `PaperSource` is made in the language and size chosen last for its kind.
        """

    def run_action(self, action_id: str, **args: object) -> None:
        """Run a registered action by its id."""


class ScanDoor(Protocol):
    """What a page may ask of the one who routes scans."""

    def unknown(self, scan: Scan, again: Callable[[], object]) -> None:
        """Nobody knows this code: offer to attach it, to make an item of it, or to ignore it; then `again`."""

    def hand_to(self, route: str, scan: Scan, **args: object) -> None:
        """Show a page and give it the scan once it is loaded."""

    def open_beside(self, panel: QWidget) -> bool:
        """Open a panel beside what is on show; False when the page has no room for one or something is typed there."""

    def subject(self) -> tuple[int, str] | None:
        """The item the person is looking at, by id and name."""

    def say(self, text: Text, *, is_refused: bool = False) -> None:
        """Say quietly what a scan did; a refused one is heard as well."""


@dataclass(frozen=True)
class AppContext:
    """Handed to every page. `language` is the person's; a change of language makes a new context and new pages."""

    office: Office
    ops: Ops
    hub: Hub
    settings: Settings
    language: Language
    shell: ShellDoor = field(repr=False)
    scans: ScanDoor | None = field(default=None, repr=False)
    devices: Devices | None = field(default=None, repr=False)

    def unknown_code(self, scan: Scan, again: Callable[[], object]) -> bool:
        """Offer what can be done with a code nobody knows; False where nobody offers it."""
        if self.scans is None:
            return False
        self.scans.unknown(scan, again)
        return True

    def words(self, text: Text | str) -> str:
        """A text in the person's language."""
        return tr(text, self.language)


@runtime_checkable
class LoadablePage(Protocol):
    """What the frame uses of a page when the page has it (`widgets.PageBase` has all of it)."""

    def is_loaded(self) -> bool:
        """Whether everything the page asked for has been answered."""

    def error_text(self) -> str:
        """The error the page shows in place of its contents; empty when there is none."""

    def reload(self) -> None:
        """Ask again (F5, or what the page watches has changed)."""
