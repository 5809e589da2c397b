"""The file being brought in: its kind, what its columns mean, its first rows, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core import importing
from core.errors import CoreError
from core.i18n import Text, _, _n, join
from core.importing import CellChange, FieldChoice, FilePreview, ImportFile, ImportOptions, ImportResult, Rehearsed
from core.words import ImportKind, word
from desktop.context import AppContext
from desktop.importing.columns import Wrong, wrong_rows
from desktop.importing.files import template_of, write_template
from desktop.importing.mapping import Mapping
from desktop.importing.results import Results
from desktop.printing.read_file import ENDINGS, read_file
from desktop.theme import Meaning
from desktop.widgets import Button, CheckEdit, Choice, Label, Notice, instant_words, money_words, ui_text

CHECKED_AT_ONCE = 5_000
MAPPING_WIDTH = 420


class FilePart(QWidget):
    """Small files are checked as soon as their columns are known; a change of columns asks for another check."""

    def __init__(self, context: AppContext, kind: ImportKind) -> None:
        super().__init__()
        self._context = context
        self._file: ImportFile | None = None
        self._is_waiting = False
        self._has_sheets = False
        self._fields: Sequence[FieldChoice] = ()
        self.kind = Choice(_("What the file holds"), [(one, word(one)) for one in ImportKind], search=False)
        self.kind.set_value(kind)
        self.sheet = Choice(_("Sheet"), search=False)
        self._sheet_words = Label(_("Sheet"), "label")
        self.update_there = CheckEdit(
            _("Change what is there already"),
            _("A code that is there changes by the filled cells of its row; empty cells leave things as they are."),
        )
        self.notice = Notice(_("Choose a file: XLSX or CSV, with headings in its first row."), Meaning.PLAIN)
        self.hint = Label("", "muted", wrap=True)
        self.mapping = Mapping()
        self.results = Results()
        self.check = Button(_("Check"), self.rehearse, icon_name="check")
        self.bring_in = Button(_("Bring in"), self.post, kind="primary", key="F9")
        self._lay_out()
        self.kind.changed.connect(self._look)
        self.sheet.changed.connect(self._on_sheet)
        self.mapping.changed.connect(self._on_mapping)
        self.update_there.changed.connect(self._on_update)
        self._look()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(12)
        for words, editor in ((Label(_("What the file holds"), "label"), self.kind), (self._sheet_words, self.sheet)):
            editor.setMaximumWidth(220)
            above.addWidget(words)
            above.addWidget(editor)
        above.addWidget(self.update_there)
        above.addStretch(1)
        above.addWidget(self.check)
        above.addWidget(self.bring_in)
        self.mapping.setFixedWidth(MAPPING_WIDTH)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.mapping)
        middle.addWidget(self.results, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addLayout(above)
        column.addWidget(self.notice)
        column.addWidget(self.hint)
        column.addLayout(middle, 1)

    def _show_state(self) -> None:
        is_ready = self._file is not None and not self._is_waiting and self.mapping.is_complete()
        has_columns = bool(self.mapping.choices)
        self.update_there.setVisible(self.kind.value() in importing.UPDATABLE)
        self.check.setEnabled(is_ready)
        self.bring_in.setEnabled(is_ready)
        self._sheet_words.setVisible(self._has_sheets)
        self.sheet.setVisible(self._has_sheets)
        self.hint.setVisible(not has_columns)
        self.mapping.setVisible(has_columns)
        self.results.setVisible(has_columns)

    # -- choosing a file

    def choose_file(self) -> None:
        """Ask for the file."""
        asked = QFileDialog(self, ui_text(_("Choose a file…")), "", f"{ui_text(_('Tables'))} ({ENDINGS})")
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(lambda chosen: self.read_file(Path(chosen)))
        asked.open()

    def read_file(self, path: Path) -> None:
        """Read a file beside the window."""
        self._context.ops.run(self, lambda: read_file(path), then=self.show_file, failed=self._refused)

    def show_file(self, file: ImportFile) -> None:
        """A file was chosen: look into it."""
        self._file, self._has_sheets = file, False
        self._look()

    def _is_update(self) -> bool:
        return bool(self.update_there.value()) and self.kind.value() in importing.UPDATABLE

    def _on_update(self) -> None:
        self.mapping.set_update(self._is_update())
        self.results.show_answer([], [])
        self._show_state()
        if self._file is not None and self.mapping.choices:
            self.rehearse()

    def _look(self) -> None:
        self.results.show_answer([], [])
        self.mapping.set_update(self._is_update())
        kind = self.kind.value()
        self._context.ops.ask(self, importing.list_fields, then=self._show_fields, kind=kind)
        if self._file is not None:
            args = {"kind": kind, "content": self._file}
            self._context.ops.ask(self, importing.preview_file, then=self._show_preview, failed=self._refused, **args)
        self._show_state()

    def _show_fields(self, fields: list[FieldChoice]) -> None:
        self._fields = fields
        needed = join([one.title for one in fields if one.is_required], ", ")
        others = join([one.title for one in fields if not one.is_required], ", ")
        self.hint.set_words(_("Needed columns: {needed}. It may also have: {others}.", needed=needed, others=others))

    def _on_sheet(self) -> None:
        if self._file is not None:
            self._file = ImportFile(self._file.name, self._file.content, self.sheet.value() or "")
            self._look()

    def _show_preview(self, preview: FilePreview) -> None:
        self._has_sheets = len(preview.sheets) > 1
        self.sheet.set_options([(name, name) for name in preview.sheets])
        self.sheet.set_value(preview.sheet)
        self.mapping.show_preview(preview)
        self.results.show_preview(preview)
        self._say_preview(preview)
        self._show_state()
        if preview.rows <= CHECKED_AT_ONCE and preview.earlier_at is None:
            self.rehearse()

    def _say_preview(self, preview: FilePreview) -> None:
        file = self._file.name if self._file is not None else ""
        rows = _n("{file}: {n} row.", "{file}: {n} rows.", preview.rows, file=file)
        if preview.earlier_at is not None:
            when = instant_words(preview.earlier_at)
            self.notice.say(_("{rows} It was brought in already on {when}.", rows=rows, when=when), Meaning.SOON)
        else:
            self.notice.say(_("{rows} Look at what its columns mean, then check it.", rows=rows), Meaning.PLAIN)

    def _on_mapping(self) -> None:
        self.results.show_answer([], [])
        self._show_state()

    # -- checking and bringing in

    def rehearse(self) -> None:
        """Check the whole file and save nothing."""
        self._send(_("The file is checked…"), is_rehearsal=True)

    def post(self) -> None:
        """Bring the file in."""
        self._send(_("The file is brought in…"), is_rehearsal=False)

    def _send(self, words: Text, *, is_rehearsal: bool) -> None:
        if self._file is None or self._is_waiting or not self.mapping.is_complete():
            return
        self._is_waiting = True
        self._show_state()
        self.notice.say(words, Meaning.PLAIN)
        self._context.ops.do(
            self,
            importing.import_file,
            then=self._done,
            failed=self._failed,
            kind=self.kind.value(),
            content=self._file,
            options=ImportOptions(self.mapping.columns(), is_rehearsal=is_rehearsal, is_update=self._is_update()),
        )

    def _done(self, result: ImportResult) -> None:
        self._file = None
        words = _n("{n} row brought in.", "{n} rows brought in.", result.posted)
        self._answered(with_totals(words, result), Meaning.GOOD, [], result.changes)
        self._context.shell.say(words)

    def _failed(self, error: CoreError) -> None:
        if isinstance(error, Rehearsed):
            rows = error.result.rows
            words = _n("{n} row is right. Nothing was saved.", "{n} rows are right. Nothing was saved.", rows)
            self._answered(with_totals(words, error.result), Meaning.GOOD, [], error.result.changes)
        else:
            self._answered(error.text, Meaning.DANGER, wrong_rows(error))

    def _answered(self, words: Text, meaning: Meaning, faults: list[Wrong], changes: Sequence[CellChange] = ()) -> None:
        self._is_waiting = False
        self.notice.say(words, meaning)
        self.results.show_answer(faults, changes, self._fields)
        self._show_state()

    def _refused(self, error: CoreError) -> None:
        self._file = None
        self.notice.say(error.text, Meaning.DANGER)
        self._show_state()

    # -- an empty table

    def choose_template(self) -> None:
        """Ask where to save an empty table of this kind."""
        name = f"{ui_text(word(self.kind.value()))}.xlsx"
        asked = QFileDialog(self, ui_text(_("Save an empty table to fill in…")), name, "Excel (*.xlsx)")
        asked.setDefaultSuffix("xlsx")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda chosen: self.save_template(Path(chosen)))
        asked.open()

    def save_template(self, path: Path) -> None:
        """Write a workbook with the headings of this kind of file and nothing under them."""
        sheet, language = template_of(self.kind.value(), self._fields), self._context.language
        self._context.ops.run(
            self,
            lambda: write_template(sheet, path, language),
            then=lambda _none: self._context.shell.say(_("Saved as {file}.", file=path.name)),
            failed=lambda error: self._context.shell.show_error(error.text),
        )


def with_totals(words: Text, result: ImportResult) -> Text:
    """What came of a file, with the figures to compare with the books."""
    if result.changed:
        new = result.posted - result.changed
        words = _("{words} New: {new}, changed: {changed}.", words=words, new=new, changed=result.changed)
    if result.unchanged:
        more = _n("{n} row says nothing new.", "{n} rows say nothing new.", result.unchanged)
        words = _("{words} {more}", words=words, more=more)
    for _word, total in result.totals:
        words = _("{words} Change of the stock value: {total}.", words=words, total=money_words(total))
    return words
