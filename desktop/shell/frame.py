"""The frame of every screen once somebody is signed in: rail, bar, tabs, page, footer. It is the pages' `ShellDoor`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Language, Text, _
from desktop.context import AppContext, Devices, Paper, Posted
from desktop.shell.banner import LostBanner
from desktop.shell.footer import Footer, HealthLight
from desktop.shell.help import HelpWindow
from desktop.shell.host import PageHost, Step, answer_of
from desktop.shell.keys import COMMON_KEYS, EarlyKeys
from desktop.shell.palette import Palette
from desktop.shell.rail import Rail
from desktop.shell.registry import Page, ShellRegistry
from desktop.shell.scanning import Scanning
from desktop.shell.tabs import PlaceTabs
from desktop.shell.topbar import TopBar
from desktop.shell.undo import LastPosting
from desktop.widgets import KeysOverlay, Words, show_toast, ui_text

if TYPE_CHECKING:
    from core.office import Office
    from core.uow import Actor
    from desktop.hub import Hub
    from desktop.ops import Ops
    from desktop.settings import Settings


LEAST_SIZE = (720, 420)


@dataclass(frozen=True)
class Desk:
    """What stands behind a frame: the open office, its verbs and news, who is signed in, what the domains brought."""

    office: Office
    ops: Ops
    hub: Hub
    settings: Settings
    registry: ShellRegistry
    actor: Actor
    currency: str = ""
    devices: Devices | None = None


class Frame(QWidget):
    """Built anew for another language or person; the office and its threads go on."""

    title_changed = Signal(str)

    def __init__(self, desk: Desk, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.scanning = Scanning(self)
        self.context = AppContext(
            desk.office, desk.ops, desk.hub, desk.settings, language, self, self.scanning, desk.devices
        )
        places = [place for place in desk.registry.places if desk.registry.pages_of(place.id, self.may)]
        self.rail = Rail(places[:10])
        self.topbar = TopBar(desk.actor.name)
        self.tabs = PlaceTabs()
        self.banner = LostBanner()
        self.host = PageHost(self.context, desk.registry)
        self.footer = Footer()
        self.last_posting = LastPosting(self.context, desk.registry, self.footer, self)
        self._lay_out()
        self.palette_list = Palette(self.context, desk.registry, self.topbar.search, self)
        self._connect()
        self._start_lights()
        self._early_keys = EarlyKeys(self, self.open_palette, self.last_posting.undo, self.show_keys)
        self._make_shortcuts()

    # -- the door of the pages (ShellDoor)

    def go(self, route: str, **args: object) -> None:
        """Show a page; without the right to it, say so."""
        page = self.desk.registry.page(route)
        if not self.may(page.permission):
            self.say(_("You have no right to open “{page}”. Ask an administrator.", page=page.title))
            return
        self.host.go(route, args)

    def back(self) -> None:
        """Show the page before."""
        self.host.back()

    def may(self, permission: object | None) -> bool:
        """Whether the person signed in holds a right anywhere."""
        return self.desk.actor.may(permission)  # type: ignore[arg-type]

    def posted(self, posted: Posted) -> None:
        """Say in the footer what was saved."""
        self.last_posting.note(posted)

    def say(self, text: Text) -> None:
        """A passing line."""
        show_toast(self, text)

    def show_error(self, error: CoreError | Text) -> None:
        """A failure that no page took."""
        show_toast(self, error.text if isinstance(error, CoreError) else error, is_error=True)

    def preview(self, paper: Paper) -> None:
        """Show a PDF, to print or to save."""
        from desktop.printing import PreviewDialog

        dialog = PreviewDialog(paper, self.desk.settings, self.desk.ops, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None:
        """Make a PDF beside the window, in the language and size chosen last for its kind, then show it."""
        from desktop.printing import chosen_last

        self.desk.ops.run(owner, chosen_last(maker, self.desk.settings), then=self.preview)

    def run_action(self, action_id: str, **args: object) -> None:
        """Run a registered action, if the person may."""
        action = self.desk.registry.action(action_id)
        if self.may(action.permission):
            action.run(self.context, **args)

    # -- going about

    def start(self, history: list[Step] | None = None) -> None:
        """Show where somebody was, or the first page there is."""
        steps = [step for step in history or [] if self.can_go(step.route)]
        if steps:
            self.host.restore(steps)
            return
        first = next((page for page in self.desk.registry.pages if page.in_tabs and self.may(page.permission)), None)
        if first is not None:
            self.host.go(first.route)

    def go_to_place(self, place_id: str) -> None:
        """Show the place's page that was on show there last, or its first."""
        pages = self.desk.registry.pages_of(place_id, self.may)
        routes = {page.route for page in pages}
        step = next((one for one in reversed(self.host.history) if one.route in routes and not one.args), None)
        if step is not None or pages:
            self.host.go(step.route if step else pages[0].route)
        self._on_went()

    def open_palette(self) -> None:
        """Ctrl+K."""
        self.palette_list.open(QApplication.focusWidget())

    def scanned(self, code: str) -> None:
        """A code as a scanner gave it: to what the person is doing, else what it stands for is found."""
        self.scanning.scanned(code)

    def show_keys(self) -> None:
        """The keys of this page, and those that are the same everywhere."""
        own: list[tuple[str, Words]] = answer_of(self.host.page(), "keys") or []
        taken = {key for key, _words in own}
        actions = [action for action in self.desk.registry.actions if action.key and self.may(action.permission)]
        everywhere: list[tuple[str, Words]] = [hint for hint in COMMON_KEYS if hint[0] not in taken]
        everywhere += [(action.key, action.title) for action in actions]
        sections: list[tuple[Words, list[tuple[str, Words]]]] = [(_("On every page"), everywhere)]
        page = self.page()
        if own and page is not None:
            sections.insert(0, (page.title, own))
        KeysOverlay(self, sections).show()

    def show_help(self) -> None:
        """The help, at what is about this page or its place."""
        HelpWindow(self.context.language, self.page(), self.window()).show()

    def add_shortcut(self, key: str, run: Callable[[], object]) -> None:
        """A key that works anywhere in this frame, and only while it is on show."""
        shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: run())

    def page(self) -> Page | None:
        """What is registered of the page on show."""
        step = self.host.step
        return None if step is None else self.desk.registry.page(step.route)

    # -- health

    def show_latency(self, milliseconds: float) -> None:
        """The database answered."""
        self.footer.show_latency(milliseconds)
        self.banner.hide()

    def show_lost(self, text: Text) -> None:
        """The database does not answer."""
        self.banner.show_lost(text, self.desk.ops.unsaved)
        self.footer.show_lost()

    # -- inside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nobody took: the page gets it when the focus is outside of it; Esc goes back."""
        page = self.host.page()
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape and self.palette_list.isVisible():
            self.palette_list.close_up()
        elif page is not None and (focus is None or not (page is focus or page.isAncestorOf(focus))):
            page.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for over in (self.palette_list, self.scanning.panel):
            if over.isVisible():
                over.place()

    def can_go(self, route: str) -> bool:
        """Whether there is such a page and the person may see it."""
        return any(page.route == route and self.may(page.permission) for page in self.desk.registry.pages)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go_to_place)
        self.tabs.chosen.connect(lambda route: self.go(route))
        self.topbar.back_pressed.connect(self.back)
        self.topbar.place_pressed.connect(self._on_place_crumb)
        self.topbar.page_pressed.connect(self._on_page_crumb)
        self.host.went.connect(lambda _step: self._on_went())
        self.host.detail_changed.connect(lambda _words: self._on_went())
        self.footer.undo_pressed.connect(self.last_posting.undo)
        self.footer.print_pressed.connect(self.last_posting.print_document)
        self.banner.retry_pressed.connect(self.desk.ops.retry_now)
        bell = self.desk.registry.bell
        if bell is not None and self.may(self.desk.registry.page(bell.route).permission):
            self.topbar.bell_pressed.connect(lambda: self.go(bell.route))
            self.desk.hub.watch(self, bell.topics, self._count_bell)
            self._count_bell()

    def _count_bell(self) -> None:
        bell = self.desk.registry.bell
        if bell is not None:
            bell.count(self.context, self, self.topbar.show_bell)

    def _start_lights(self) -> None:
        for light in self.desk.registry.lights:
            shown = HealthLight(Text(""))
            self.footer.add_light(shown)
            light.start(self.context, shown, shown.show_state)
        for chore in self.desk.registry.chores:
            chore.start(self.context, self)

    def _make_shortcuts(self) -> None:
        for number, place_id in enumerate(self.rail.place_ids, start=1):
            self.add_shortcut(f"Alt+{number % 10}", partial(self.go_to_place, place_id))
        self.add_shortcut("Alt+Left", self.back)
        self.add_shortcut("F1", self.show_help)
        self.add_shortcut("Ctrl+PgDown", lambda: self._step_tab(1))
        self.add_shortcut("Ctrl+PgUp", lambda: self._step_tab(-1))
        for action in self.desk.registry.actions:
            if action.key and self.may(action.permission):
                self.add_shortcut(action.key, partial(self.run_action, action.id))

    def _step_tab(self, step: int) -> None:
        route = self.tabs.neighbour(step)
        if route:
            self.go(route)

    def _on_place_crumb(self) -> None:
        page = self.page()
        if page is not None:
            self.go(self.desk.registry.pages_of(page.place, self.may)[0].route)

    def _on_page_crumb(self) -> None:
        page = self.page()
        if page is not None:
            self.go(page.route)

    def _on_went(self) -> None:
        page = self.page()
        if page is None:
            return
        place = next(one for one in self.desk.registry.places if one.id == page.place)
        self.rail.mark(place.id)
        self.tabs.show_pages(self.desk.registry.pages_of(place.id, self.may), page.route)
        words = ui_text(page.title)
        self.topbar.show_where(ui_text(place.title), words, self.host.detail, self.host.can_go_back())
        self.title_changed.emit(self.host.detail or words)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self.topbar, self.banner, self.tabs):
            right.addWidget(widget)
        right.addWidget(self.host, 1)
        right.addWidget(self.footer)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self.setMinimumSize(*LEAST_SIZE)
