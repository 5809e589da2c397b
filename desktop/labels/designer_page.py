"""The designer: a layout as real dots, arranged with mouse and keys; what does not fit says so at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from core import labels
from core.errors import CoreError
from core.i18n import _, _n
from core.labels import (
    BarcodeElement,
    BoxElement,
    Element,
    Layout,
    LayoutRow,
    LineElement,
    PictureElement,
    TextElement,
)
from desktop.context import AppContext
from desktop.labels.canvas import DesignCanvas
from desktop.labels.draft import Draft
from desktop.labels.element_form import ElementForm
from desktop.labels.layout_form import LayoutForm
from desktop.labels.preview import read_back_words
from desktop.labels.trial_bar import TrialBar
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    FlowLayout,
    KeyHint,
    Label,
    Notice,
    PageBase,
)

SIDE = 332
DRAW_MS = 15


class DesignerPage(PageBase):
    """`code` is the layout to begin with; one that came with the program is taken as a copy, and so is any with `is_copy`."""

    def __init__(self, context: AppContext, *, code: str = "", is_copy: bool = False) -> None:
        super().__init__(_("Label designer"), _("Real dots: what you see is what prints"))
        self.context = context
        self._is_copy = is_copy
        self._version: int | None = None
        self.draft = Draft(Layout("new-label", "新标签", 60.0, 40.0, (), "New label"))
        self.canvas = DesignCanvas(self.draft)
        self.notice = Notice()
        self.notice.hide()
        self.verdict = Label("", "small", elide=True)
        self._form: ElementForm | LayoutForm | None = None
        self._draw = QTimer(self)
        self._draw.setSingleShot(True)
        self._draw.setInterval(DRAW_MS)
        self._draw.timeout.connect(self.draw_now)
        self._lay_out()
        self._connect()
        if code:
            self.start_loading()
            context.ops.ask(
                self, labels.list_layouts, with_retired=True, failed=self.show_error,
                then=lambda rows: self._on_rows_known(rows, code),
            )  # fmt: skip
        else:
            self._begin(self.draft.layout)

    # --- setting up

    def _lay_out(self) -> None:
        self.set_primary(_("Save"), self.save, "save")
        self.head.add_button(Button(_("Layouts"), lambda: self.context.shell.go("labels.layouts")))
        self.undo_button = Button(_("Undo"), self.undo, icon_name="undo", kind="icon")
        self.redo_button = Button(_("Redo"), self.redo, icon_name="refresh", kind="icon")
        larger = Button(_("Larger"), partial(self._zoom, 1), icon_name="zoom-in", kind="icon")
        smaller = Button(_("Smaller"), partial(self._zoom, -1), icon_name="zoom-out", kind="icon")
        for button in (smaller, larger, self.redo_button, self.undo_button):
            self.head.add_button(button)
        self.set_content(self._body(_tool_bar(self._add, self._align)))

    def _body(self, bar: QWidget) -> QWidget:
        scroll = self._room = QScrollArea()
        scroll.setWidget(self.canvas)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pane = QScrollArea()
        self._pane.setWidgetResizable(True)
        self._pane.setFixedWidth(SIDE)
        self._pane.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trial = TrialBar(self.context, self.verdict)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(bar)
        left.addWidget(self.trial)
        left.addWidget(self.notice)
        left.addWidget(scroll, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._pane)
        return body

    def _connect(self) -> None:
        self.setFocusProxy(self.canvas)
        self.canvas.chosen.connect(self._show_form)
        self.canvas.changed.connect(self._on_dragged)
        self.trial.changed.connect(self.draw_now)
        self.trial.refused.connect(self.show_notice)

    def _on_rows_known(self, rows: list[LayoutRow], code: str) -> None:
        row = next((one for one in rows if one.code == code), None)
        is_own = row is not None and row.is_own and not self._is_copy
        self._version = row.version if is_own and row is not None else None
        taken = {one.code for one in rows}

        def take(layout: Layout) -> None:
            self._begin(layout if is_own else _copied(layout, taken))

        self.context.ops.ask(self, labels.get_layout, code=code, then=take, failed=self.show_error)

    def _begin(self, layout: Layout) -> None:
        self.draft = Draft(layout)
        self.canvas.draft = self.draft
        self.trial.set_subject(layout.subject)
        self.show_content()
        self._show_form()
        self.canvas.dpi = self.trial.dots()
        self.canvas.fit(self._room.viewport().size())
        self.draw_now()
        self.title_changed.emit(layout.title(self.context.language))

    # --- drawing

    def draw_now(self) -> None:
        """Draw the label, mark what does not fit, read the codes back."""
        layout, dpi = self.draft.layout, self.trial.dots()
        page = labels.draw(layout, self.trial.content(layout), dpi)
        troubles = {one.element: one.text for one in page.troubles if one.element is not None}
        for one in labels.check_layout(layout, dpi):
            if one.element is not None:
                troubles.setdefault(one.element, one.text)
        self.canvas.dpi = dpi
        self.canvas.show_page(page, troubles)
        wrong = read_back_words(page) if page.symbols else None
        if troubles:
            self.verdict.set_words(_n("{n} element does not fit", "{n} elements do not fit", len(troubles)))
        elif wrong is not None:
            self.verdict.set_words(wrong)
        else:
            self.verdict.set_words(_("✓ barcode read back") if page.symbols else _("Everything fits"))
        self.undo_button.setEnabled(self.draft.can_undo)
        self.redo_button.setEnabled(self.draft.can_redo)

    # --- changing

    def _show_form(self) -> None:
        element = self.draft.element
        if element is not None:
            form: ElementForm | LayoutForm = ElementForm(element, self.draft.layout.subject)
            form.changed.connect(self._on_element)
        else:
            form = LayoutForm(self.draft.layout, is_new=self._version is None)
            form.changed.connect(self._on_layout)
        self._form = form
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(form)
        if self.draft.chosen:
            actions = QHBoxLayout()
            actions.addWidget(Button(_("Duplicate"), self.duplicate, icon_name="copy"))
            actions.addWidget(Button(_("Remove"), self.remove, icon_name="trash", kind="danger"))
            column.addLayout(actions)
        column.addStretch(1)
        self._pane.setWidget(holder)
        self.canvas.update()

    def _on_element(self, element: Element) -> None:
        if self.draft.chosen:
            self.draft.put(self.draft.chosen[0], element, f"form{self.draft.chosen[0]}")
            self._draw.start()

    def _on_layout(self, layout: Layout) -> None:
        self.draft.change(replace(layout, elements=self.draft.layout.elements), "layout")
        self.trial.set_subject(layout.subject)
        self._draw.start()

    def _on_dragged(self) -> None:
        element = self.draft.element
        if element is not None and isinstance(self._form, ElementForm):
            self._form.show_element(element)
        self._draw.start()
        self.canvas.update()

    def _add(self, make: Callable[[Layout], Element]) -> None:
        self.draft.add(make(self.draft.layout))
        self._changed()
        self.canvas.setFocus()

    def _align(self, side: str) -> None:
        self.draft.align(side)
        self._changed()

    def _changed(self) -> None:
        self._show_form()
        self.draw_now()

    def undo(self) -> None:
        """Take the last step back."""
        self.draft.undo()
        self._changed()

    def redo(self) -> None:
        """Do it again."""
        self.draft.redo()
        self._changed()

    def duplicate(self) -> None:
        """The chosen elements once more."""
        self.draft.duplicate()
        self._changed()

    def remove(self) -> None:
        """Take the chosen elements away."""
        if self.draft.chosen:
            self.draft.remove()
            self._changed()

    def _zoom(self, step: int) -> None:
        self.canvas.set_zoom(self.canvas.zoom + step)

    # --- saving

    def save(self) -> None:
        """F2: save as an own layout."""
        layout = self.draft.layout
        self.context.ops.do(
            self, labels.save_layout, layout=layout, version=self._version,
            then=lambda version: self._saved(layout, version), failed=self.show_notice,
        )  # fmt: skip

    def _saved(self, layout: Layout, version: int) -> None:
        self._version = version
        self.draft.saved = layout
        self.notice.hide()
        self._show_form()
        self.context.shell.say(_("Layout {name} saved.", name=layout.title(self.context.language)))

    def show_notice(self, error: CoreError) -> None:
        """Why it was not saved, above the label."""
        self.notice.say(error.text, Meaning.DANGER)

    def post(self) -> None:
        """F9: save."""
        self.save()

    def reload(self) -> None:
        """The draft is nobody else's."""
        self.draw_now()

    def has_unsaved(self) -> bool:
        return self.draft.is_changed

    def detail_title(self) -> str:
        return self.draft.layout.title(self.context.language)

    def _own_keys(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            *super()._own_keys(), ("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+D", self.duplicate),
            ("Del", self.remove), ("Ctrl++", partial(self._zoom, 1)), ("Ctrl+-", partial(self._zoom, -1)),
        ]  # fmt: skip

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Ctrl+Z", _("Undo")), KeyHint("Ctrl+Y", _("Redo")), KeyHint("Ctrl+D", _("Duplicate")),
            KeyHint("Del", _("Remove")), KeyHint("Tab", _("Next element")),
            KeyHint("Shift+Right", _("Move by 1 mm; without Shift by a dot")),
        )  # fmt: skip


def _tool_bar(add: Callable[[Callable[[Layout], Element]], None], align: Callable[[str], None]) -> QWidget:
    """What can be added, and how what is chosen is aligned."""
    bar = QWidget()
    flow = FlowLayout(bar, spacing=6)
    flow.setContentsMargins(16, 0, 16, 4)
    for words, make in (
        (_("Words"), _new_text), (_("Barcode"), _new_code), (_("Picture"), _new_picture), (_("Line"), _new_line), (_("Box"), _new_box),
    ):  # fmt: skip
        flow.addWidget(Button(words, partial(add, make), icon_name="plus"))
    for side, words in (
        ("left", _("Align left")), ("centre", _("Align centre")), ("right", _("Align right")), ("top", _("Align top")),
        ("middle", _("Align middle")), ("bottom", _("Align bottom")),
    ):  # fmt: skip
        flow.addWidget(Button(words, partial(align, side), kind="chip"))
    return bar


def _copied(layout: Layout, taken: set[str]) -> Layout:
    """A copy under a code that is free."""
    base = layout.code.rstrip("0123456789").rstrip("-") if layout.code.endswith("-own") else f"{layout.code}-own"
    code, number = base[:40], 2
    while code in taken:
        code, number = f"{base[:36]}-{number}", number + 1
    return replace(layout, code=code)


def _new_text(layout: Layout) -> Element:
    width = min(30.0, layout.width - 2 * layout.margin)
    return TextElement(layout.margin, layout.margin, width, 5.0, "{name}", size=3.2)


def _new_code(layout: Layout) -> Element:
    width = min(36.0, layout.width - 2 * layout.margin)
    content = "{barcode|code}" if layout.subject == "item" else "{own_code}"
    return BarcodeElement(layout.margin, layout.margin, width, 12.0, content)


def _new_picture(layout: Layout) -> Element:
    return PictureElement(layout.margin, layout.margin, 10.0, 10.0, source="photo")


def _new_line(layout: Layout) -> Element:
    return LineElement(layout.margin, layout.height / 2, layout.width - layout.margin, layout.height / 2)


def _new_box(layout: Layout) -> Element:
    return BoxElement(layout.margin, layout.margin, layout.width - 2 * layout.margin, layout.height - 2 * layout.margin)
