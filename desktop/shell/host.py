"""Where pages live: made when first shown, kept while they are in reach of Back, dropped when long unused."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.context import AppContext
from desktop.shell.registry import ShellRegistry

MOST_PAGES = 12
MOST_STEPS = 60


@dataclass(frozen=True)
class Step:
    """One place in the history: a route and what it was opened with."""

    route: str
    args: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Two steps with the same key share one page."""
        return self.route, repr(sorted(self.args.items()))


class PageHost(QStackedWidget):
    """The stack of pages with its history."""

    went = Signal(object)
    detail_changed = Signal(str)

    def __init__(self, context: AppContext, registry: ShellRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_host")
        self._context = context
        self._registry = registry
        self._pages: OrderedDict[tuple[str, str], QWidget] = OrderedDict()
        self._history: list[Step] = []
        self.detail = ""

    @property
    def step(self) -> Step | None:
        """Where we are."""
        return self._history[-1] if self._history else None

    @property
    def history(self) -> list[Step]:
        """The way here, oldest first."""
        return list(self._history)

    def restore(self, history: list[Step]) -> None:
        """Take over the way somebody came, and show its end."""
        self._history = history[:-1]
        if history:
            self.go(history[-1].route, history[-1].args)

    def go(self, route: str, args: Mapping[str, object] | None = None) -> QWidget:
        """Show a page. Raises KeyError for an unknown route."""
        step = Step(route, dict(args or {}))
        if self.step is None or self.step.key != step.key:
            self._history.append(step)
            del self._history[:-MOST_STEPS]
        return self._show(step)

    def can_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return len(self._history) > 1

    def back(self) -> None:
        """Show the page before, as it was."""
        if self.can_go_back():
            self._history.pop()
            self._show(self._history[-1])

    def page(self) -> QWidget | None:
        """The page on show."""
        return self.currentWidget()

    def has_unsaved(self) -> bool:
        """Whether any page holds something typed and not posted."""
        return any(bool(answer_of(page, "has_unsaved")) for page in self._pages.values())

    def drop_all(self) -> None:
        """Throw away every page but not the history."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def _show(self, step: Step) -> QWidget:
        page = self._pages.get(step.key)
        if page is None:
            page = self._registry.page(step.route).factory(self._context, **step.args)
            self._pages[step.key] = page
            self.addWidget(page)
            self._connect(page)
        self._pages.move_to_end(step.key)
        self.detail = str(answer_of(page, "detail_title") or "")
        self.setCurrentWidget(page)
        self._drop_unused()
        page.setFocus()
        self.went.emit(step)
        return page

    def _connect(self, page: QWidget) -> None:
        title_changed = getattr(page, "title_changed", None)
        if title_changed is not None:
            title_changed.connect(lambda words: self._on_title(page, words))
        back_requested = getattr(page, "back_requested", None)
        if back_requested is not None:
            back_requested.connect(self.back)

    def _drop_unused(self) -> None:
        for key in list(self._pages)[: max(0, len(self._pages) - MOST_PAGES)]:
            page = self._pages[key]
            if not answer_of(page, "has_unsaved"):
                del self._pages[key]
                self.removeWidget(page)
                page.deleteLater()

    def _on_title(self, page: QWidget, words: str) -> None:
        if page is self.currentWidget():
            self.detail = words
            self.detail_changed.emit(words)


def answer_of(page: QWidget | None, name: str, *args: Any) -> Any:
    """Call a page's method when it has it; None when there is no such page or method."""
    method = getattr(page, name, None)
    return method(*args) if callable(method) else None
