"""What a list hands over to a form that posts: an item to begin with, or whole lines. The form is filled when shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.shell.registry import Page
from desktop.stock.entry.form import FormPage
from desktop.stock.entry.lines import EntryLine, line_to_draft


@dataclass(frozen=True, slots=True)
class Prefill:
    """The code of an item to begin with (and of which lot at which place, where that is known), or lines with fields of
    the head (`to_location`) to go with them."""

    item_code: str = ""
    lot: str = ""
    place_id: int | None = None
    lines: tuple[EntryLine, ...] = ()
    head: dict[str, Any] = field(default_factory=dict)


class Handover:
    """Keeps what is on its way to a form until the form is shown. One for each program, made when stock is registered."""

    def __init__(self) -> None:
        self._waiting: dict[str, Prefill] = {}

    def go(self, context: AppContext, route: str, prefill: Prefill) -> None:
        """Show a form and fill it."""
        self._waiting[route] = prefill
        context.shell.go(route)

    def take(self, route: str) -> Prefill | None:
        """What waits for a form, once."""
        return self._waiting.pop(route, None)

    def receiving(self, page: Page) -> Page:
        """A registered form that takes what is handed over to it."""
        make = page.factory

        def factory(context: AppContext, **args: Any) -> QWidget:
            widget = make(context, **args)
            _Receiver(widget, lambda: self.take(page.route))
            return widget

        return replace(page, factory=factory)


class _Receiver(QObject):
    """Looks, whenever its form is shown, whether something waits for it."""

    def __init__(self, form: QWidget, take: Callable[[], Prefill | None]) -> None:
        super().__init__(form)
        self._form, self._take = form, take
        self._prefill: Prefill | None = None
        form.installEventFilter(self)
        loaded = getattr(getattr(form, "finder", None) or getattr(form, "pad", None), "ready", None)
        loaded = loaded or getattr(getattr(form, "pad", None), "loaded", None)
        if loaded is not None:
            loaded.connect(self._fill)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._form:
            self._prefill = self._take() or self._prefill
            is_loaded = getattr(self._form, "is_loaded", None)
            if is_loaded is not None and is_loaded():
                QTimer.singleShot(0, self._fill)  # what the form does on being shown comes first
        return False

    def _fill(self) -> None:
        prefill, self._prefill = self._prefill, None
        if prefill is None:
            return
        take_code = getattr(self._form, "take_code", None)
        if prefill.lines and isinstance(self._form, FormPage):
            lines = [*self._form.lines(), *prefill.lines]
            self._form.restore_draft({"lines": [line_to_draft(line) for line in lines], "head": prefill.head})
            self._form.sheet.focus()
        elif prefill.item_code and callable(take_code):
            more = {"lot": prefill.lot, "place_id": prefill.place_id} if prefill.lot else {}
            take_code(prefill.item_code, **more)
