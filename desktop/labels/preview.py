"""What a label would look like: its fields asked for, drawn at the printer's dots, its barcodes read back."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import labels
from core.i18n import Text, _, join
from core.labels import LabelContent, LabelPage, Layout, QueueRow
from core.words import LabelSubject
from desktop.context import AppContext
from desktop.labels.picture import LabelPicture, PanelNotice
from desktop.theme import Meaning
from desktop.widgets import Label

USUAL_DPI = 203
Shown = Callable[[LabelPage], object]


@lru_cache(maxsize=256)
def read_back_words(page: LabelPage) -> Text | None:
    """What the second library says of the barcodes that does not agree; None when all read."""
    wrong = labels.read_back(page)
    return wrong[0].text if wrong else None


def subject_of_row(row: QueueRow) -> str:
    """What layouts call the subject of a row: a shelf label is an item's."""
    return "item" if row.subject is LabelSubject.SHELF else str(row.subject)


class LabelPreview(QWidget):
    """Picture of one label with what is wrong with it; a green line when every barcode reads."""

    def __init__(self, context: AppContext, *, high: int = 230) -> None:
        super().__init__()
        self._context = context
        self._layouts: dict[str, Layout] = {}
        self._spoken = ""
        self.dpi = USUAL_DPI
        self.page: LabelPage | None = None
        self.picture = LabelPicture(high)
        self.verdict = Label("", "small", wrap=True)
        self.notice = PanelNotice()
        self.notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picture)
        column.addWidget(self.verdict)
        column.addWidget(self.notice)

    def show_row(self, row: QueueRow) -> None:
        """Show the label of a row of the queue, as it will be on its day."""
        now = {one.field: one.true for one in row.differences if one.field != "picture"}

        def take(layout: Layout, contents: list[LabelContent]) -> None:
            if contents:
                self.show_label(layout, contents[0].with_fields(**now))

        self._ask(row.layout, subject_of_row(row), row.subject_id, row.location_id, take)

    def show_thing(self, layout: str, subject: str, thing_id: int) -> None:
        """Show the label of a thing in a layout."""

        def take(found: Layout, contents: list[LabelContent]) -> None:
            if contents:
                self.show_label(found, contents[0])

        self._ask(layout, subject, thing_id, 0, take)

    def show_label(self, layout: Layout, content: LabelContent) -> None:
        """Draw a label, say what is wrong with it."""
        self.page = labels.draw(layout, content, self.dpi)
        self.picture.show_page(self.page)
        self.notice.hide()
        blocking = [one.text for one in self.page.troubles if one.is_blocking]
        others = [one.text for one in self.page.troubles if not one.is_blocking]
        wrong = None if blocking else read_back_words(self.page)
        if blocking or wrong is not None:
            self.notice.say(join(blocking or ([wrong] if wrong is not None else [])), Meaning.DANGER)
        elif others:
            self.notice.say(join(others), Meaning.WATCH)
        size = _(
            "{width} × {height} mm at {dpi} dpi", width=f"{layout.width:g}", height=f"{layout.height:g}", dpi=self.dpi
        )
        is_read = bool(self.page.symbols) and wrong is None and not blocking
        self.verdict.set_words(join([size, _("✓ barcode read back")], " · ") if is_read else size)

    def forget(self) -> None:
        """Layouts may have changed."""
        self._layouts.clear()

    def _ask(
        self,
        code: str,
        subject: str,
        thing_id: int,
        place_id: int,
        take: Callable[[Layout, list[LabelContent]], object],
    ) -> None:
        def with_layout(layout: Layout) -> None:
            self._layouts[code] = layout
            self._context.ops.ask(
                self, labels.label_contents, subject=subject, ids=[thing_id], language=self._spoken,
                places={thing_id: place_id} if place_id else None, key="content",
                then=lambda contents: take(layout, contents), failed=lambda error: self.notice.say(error.text),
            )  # fmt: skip

        if not self._spoken:  # labels speak the site's language, not the person's
            office = self._context.office

            def know(language: str) -> None:
                self._spoken = language
                self._ask(code, subject, thing_id, place_id, take)

            self._context.ops.run(self, lambda: office.site.language, then=know)
        elif code in self._layouts:
            with_layout(self._layouts[code])
        else:
            self._context.ops.ask(
                self, labels.get_layout, code=code, then=with_layout, key="layout",
                failed=lambda error: self.notice.say(error.text),
            )  # fmt: skip
