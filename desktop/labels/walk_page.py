"""Shelf walk: scan the labels that hang; green is true, red joins the queue by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import labels
from core.devices import OwnKind, Scan
from core.errors import CoreError
from core.i18n import Text, _, _n
from core.labels import LayoutRow, ShelfCheck
from core.words import LabelSubject
from desktop.context import AppContext
from desktop.labels.looks import difference_words
from desktop.labels.pickers import Finder
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    CheckEdit,
    Choice,
    CodeEdit,
    Column,
    Found,
    IconLabel,
    KeyHint,
    Kind,
    Label,
    PageBase,
    RecordPicker,
    RowTable,
)

VERDICTS: dict[str, tuple[Text, Meaning, str]] = {
    "true": (_("Correct"), Meaning.GOOD, "check"),
    "stale": (_("No longer true"), Meaning.DANGER, "error"),
    "unknown": (_("Never printed for this place"), Meaning.DANGER, "warning"),
    "damaged": (_("Damaged"), Meaning.SOON, "warning"),
    "gone": (_("Take it down"), Meaning.SOON, "trash"),
    "nothing": (_("Nobody knows this code"), Meaning.DANGER, "question"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One scan of the walk."""

    id: int
    at: datetime
    word: str
    code: str
    name: str
    detail: Text | str


class WalkPage(PageBase):
    """The last scan large, all of this walk below, the newest on top."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("Shelf walk"), _("Scan the labels on the shelf: green is right, red joins the queue"))
        self.context = context
        self._rows: list[Checked] = []
        self._place: Found | None = None
        self._finder = Finder(context, self)
        self._finder.subject = LabelSubject.LOCATION
        self.place = RecordPicker(_("Place"), self._finder.complete, placeholder=_("Any place; scan or pick one"))
        self.code = CodeEdit(_("Code"), placeholder=_("Scan, or type a code and Enter"))
        self.code.takes_all = True
        self.layout_choice = Choice(_("Layout for new labels"))
        self.damaged = CheckEdit(_("The next one is damaged (F6)"))
        self._icon = IconLabel("scan", Meaning.PLAIN, 40)
        self.verdict = Label(_("Scan the first label"), "title")
        self.detail = Label("", "muted", wrap=True)
        self.table = RowTable(self._columns(), name=_("Scans of this walk"), key="labels.walk")
        self._lay_out()
        self.set_primary(_("Labels to print"), lambda: context.shell.go("labels"), "print")
        self.add_more(_("The next one is damaged"), self._toggle_damaged, "warning", "F6")
        self.add_more(_("Begin a new walk"), self.begin_again, "refresh")
        self.place.picked.connect(self._on_place)
        self.code.committed.connect(self._on_typed)
        context.ops.ask(self, labels.list_layouts, subject="item", then=self._on_layouts)
        self.show_content()
        self.setFocusProxy(self.code)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 4, 16, 0)
        column.setSpacing(12)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        for words, editor, share in (
            (_("Code"), self.code, 3), (_("Place"), self.place, 3), (_("Layout for new labels"), self.layout_choice, 3),
        ):  # fmt: skip
            cell = QVBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(Label(words, "label"))
            cell.addWidget(editor)
            fields.addLayout(cell, share)
        column.addLayout(fields)
        column.addWidget(self.damaged)
        last = QHBoxLayout()
        last.setSpacing(16)
        last.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.verdict)
        said.addWidget(self.detail)
        last.addLayout(said, 1)
        column.addLayout(last)
        column.addWidget(self.table, 1)
        self.set_content(body)

    def _columns(self) -> list[Column]:
        return [
            Column("at", _("When"), 142, kind=Kind.INSTANT, sortable=False),
            Column("word", _("Result"), 210, kind=Kind.BADGE, value=_look, sortable=False),
            Column("code", _("Code"), 130, muted=True, sortable=False),
            Column("name", _("Label for"), 220, stretch=True, sortable=False),
            Column("detail", _("What is different"), 300, sortable=False),
        ]

    def _on_layouts(self, rows: list[LayoutRow]) -> None:
        fitting = [one for one in rows if one.is_own or one.code.startswith("shelf")]
        self.layout_choice.set_options([(one.code, one.name.render(self.context.language)) for one in fitting])
        last = self.context.settings.get("labels/layout/shelf")
        codes = [one.code for one in fitting]
        self.layout_choice.set_value(last if last in codes else (codes[0] if codes else None))

    # --- scanning

    def scan(self, scan: Scan) -> bool:
        """A place says where one stands; everything else is a label to be checked."""
        if scan.own is not None and scan.own.kind is OwnKind.LOCATION:
            self._finder.complete(
                scan.own.value, lambda found: self._take_place(scan.own.value if scan.own else "", found)
            )
            return True
        self.check(scan.own.value if scan.own is not None else scan.code)
        return True

    def _take_place(self, code: str, found: Sequence[Found]) -> None:
        exact = next((one for one in found if one.code.casefold() == code.casefold()), None)
        if exact is not None:
            self.place.set_record(exact)
            self._on_place(exact)

    def _on_place(self, found: Found) -> None:
        self._place = found
        self.verdict.set_words(_("At {place}", place=found.words()))
        self.detail.set_words(_("Scan the labels that hang here."))
        self._icon.set_icon("location", Meaning.ACCENT)
        self.code.field().setFocus()

    def _on_typed(self) -> None:
        code = self.code.value()
        if code:
            self.code.clear()
            self.check(code)

    def check(self, code: str) -> None:
        """Compare a label that hangs with what it should say."""
        is_damaged = self.damaged.value()
        self.damaged.set_value(False)
        place = self._place.id if self._place is not None and self.place.record() is not None else 0
        self.context.ops.do(
            self, labels.check_shelf_label, code=code, location_id=place, is_damaged=is_damaged,
            layout=self.layout_choice.value() or "", then=self._on_checked,
            failed=lambda error: self._on_refused(code, error),
        )  # fmt: skip

    def _on_checked(self, found: ShelfCheck) -> None:
        detail: Text | str = difference_words(found.differences) if found.differences else ""
        self._add(found.word, found.code, found.name.render(self.context.language), detail)

    def _on_refused(self, code: str, error: CoreError) -> None:
        self._add("nothing", code, "", error.text)

    def _add(self, word: str, code: str, name: str, detail: Text | str) -> None:
        now = self.context.office.clock.now()
        self._rows.insert(0, Checked(len(self._rows) + 1, now, word, code, name, detail))
        self.table.set_rows(list(self._rows))
        words, meaning, icon = VERDICTS[word]
        self._icon.set_icon(icon, meaning)
        self.verdict.set_words(_("{verdict}: {name}", verdict=words, name=name or code))
        self.detail.set_words(detail)
        if self.context.scans is not None:
            self.context.scans.say(words, is_refused=word != "true")
        red = sum(one.word in ("stale", "unknown", "damaged") for one in self._rows)
        right = sum(one.word == "true" for one in self._rows)
        self.set_answer(_("{right} correct, {red} on the queue", right=right, red=_n("{n} label", "{n} labels", red)))
        self.set_count(len(self._rows))

    # --- more

    def reload(self) -> None:
        """A walk is not asked for again."""

    def _toggle_damaged(self) -> None:
        self.damaged.set_value(not self.damaged.value())

    def begin_again(self) -> None:
        """Forget the scans of this walk."""
        self._rows.clear()
        self.table.set_rows([])
        self.verdict.set_words(_("Scan the first label"))
        self.detail.set_words("")
        self._icon.set_icon("scan", Meaning.PLAIN)
        self.code.field().setFocus()

    def post(self) -> None:
        """F9: go and print what the walk found."""
        self.context.shell.go("labels")

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("F6", _("The next one is damaged")), KeyHint("F9", _("Labels to print")))


def _look(row: Checked) -> BadgeLook:
    words, meaning, icon = VERDICTS[row.word]
    return BadgeLook(words, meaning, icon)
