"""How every form that posts lines is built: head, lines, total, drafts, keys. What it posts is said in `page.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from core import stock
from core.devices import Scan
from core.i18n import Text, _, _n
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.drafts import Draft, DraftBox
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.lines import EntryLine, line_from_draft, line_to_draft
from desktop.stock.entry.sheet import LineSheet
from desktop.theme import Meaning
from desktop.widgets import Button, DateEdit, Found, KeyHint, Label, PageBase, RecordPicker, line, money_words, scrolled
from desktop.widgets.offer import Offer, above_form
from desktop.widgets.strip import Strip


@dataclass(frozen=True, slots=True)
class FormText:
    """What a form is called and says. `form` names its drafts."""

    form: str
    title: Text
    answer: Text
    post: Text
    lines: Text


class FormPage(PageBase):
    """The parts of a form and what is typed in them."""

    def __init__(self, context: AppContext, text: FormText, fields: Fields, *, takes_places: bool = False) -> None:
        super().__init__(text.title, text.answer)
        self.context, self.text = context, text
        self.finder = Finder(context, self, takes_places=takes_places)
        self.strip = Strip()
        self.sheet = LineSheet(self.finder, fields, text.lines)
        self.notice = Offer()
        self._offer = Offer(Meaning.ACCENT)
        self._total = Label("", "heading")
        self._count = Label("", "muted")
        self.post_button = Button(text.post, self.post, icon_name="check", kind="primary", key="F9")
        self.make_head(self.strip)
        self._body = QWidget()
        self._lay_out()
        self._drafts = DraftBox(self, context, self.finder, text.form, self._draft_body)
        self.start_loading()
        for sheet in self.all_sheets():
            sheet.changed.connect(self._on_changed)
        self.strip.changed.connect(self._on_changed)
        self.strip.finished.connect(self.sheet.focus)
        self.finder.ready.connect(self._on_ready)

    # --- what a form overrides

    def make_head(self, strip: Strip) -> None:
        """Put the fields of the head into the strip."""

    def make_lists(self, column: QVBoxLayout) -> None:
        """Put the list of lines into the page."""
        column.addWidget(self.sheet, 1)

    def all_sheets(self) -> tuple[LineSheet, ...]:
        """The lists of lines, in the order their rows are counted."""
        return (self.sheet,)

    def kept_fields(self) -> tuple[str, ...]:
        """Fields of the head that stay for the next form."""
        return ()

    def total_words(self) -> Text | str:
        """What the lines come to."""
        totals = [total for sheet in self.all_sheets() if (total := sheet.total()) is not None]
        total = sum(totals, Decimal(0))
        return _("Total {amount}", amount=money_words(total, sign=True)) if totals else ""

    # --- the same for all

    def lines(self) -> list[EntryLine]:
        """Everything entered, over all lists."""
        return [one for sheet in self.all_sheets() for one in sheet.lines()]

    def reload(self) -> None:
        """Ask anew for units and places; what is typed stays."""
        self.finder.load()

    def primary(self) -> None:
        """F2: the next line."""
        self.sheet.focus()

    def focus_search(self) -> None:
        """F3: the item field."""
        self.sheet.focus()

    def has_unsaved(self) -> bool:
        """Lines that are not posted."""
        return bool(self.lines()) or any(sheet.has_typing() for sheet in self.all_sheets())

    def escape(self) -> bool:
        """Esc empties the bar, then closes the panel."""
        for sheet in self.all_sheets():
            if sheet.has_typing():
                sheet.bar.reset()
                sheet.focus()
                return True
        return super().escape()

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("F9", self.text.post),
            KeyHint("F2", _("Next line")),
            KeyHint("Enter", _("Next field, then add the line")),
            KeyHint("Ctrl+Return", _("Add the line at once")),
            KeyHint("Del", _("Remove the chosen line")),
        )

    def scan(self, scan: Scan) -> bool:
        """A scan goes to the item field, whatever has the focus; what is typed elsewhere stays."""
        sheet = self._sheet_in_use()

        def found(answers: Sequence[Found]) -> None:
            if answers:
                sheet.bar.take(answers[0])
            elif not self.context.unknown_code(scan, lambda: self.scan(scan)):
                self._say_unknown(scan.code)

        self.finder.by_scan(scan, found)
        return True

    def take_code(self, code: str) -> None:
        """Begin a line with the item of a code that another page hands over."""
        sheet = self._sheet_in_use()
        self.finder.complete(code, lambda answers: sheet.bar.take(answers[0]) if answers else self._say_unknown(code))

    def subject_item(self) -> tuple[int, str] | None:
        """The item that stands in the bar."""
        goods = self._sheet_in_use().bar.goods
        return None if goods is None else (goods.id, goods.title(self.context.language))

    def _say_unknown(self, code: str) -> None:
        self.notice.say(_("No item has the code {code}. Type its name instead.", code=code[:40]), Meaning.SOON)

    def clear_form(self) -> None:
        """An empty form; the fields that stay keep what they have."""
        for key in self.strip.names():
            if key not in self.kept_fields():
                self.strip.editor(key).clear()
        for sheet in self.all_sheets():
            sheet.clear()
        self.notice.hide()
        self._offer.hide()
        self._say_total()

    def add_link(self, words: Text, route: str, permission: Permission, icon_name: str) -> None:
        """Another form behind the dots, for those who may."""
        if self.context.shell.may(permission):
            self.add_more(words, lambda: self.context.shell.go(route), icon_name)

    def _sheet_in_use(self) -> LineSheet:
        focus = QApplication.focusWidget()
        return next((one for one in self.all_sheets() if focus is not None and one.isAncestorOf(focus)), self.sheet)

    # --- drafts

    def _draft_body(self) -> dict[str, Any]:
        head: dict[str, Any] = {}
        for key in self.strip.names():
            value = None if isinstance(self.strip.editor(key), RecordPicker) else self.strip.value(key)
            if isinstance(value, date):
                head[key] = value.isoformat()
            elif isinstance(value, str | int):
                head[key] = value
        return {"lines": [line_to_draft(one) for one in self.lines()], "head": head}

    def restore_draft(self, body: Mapping[str, Any]) -> None:
        """Fill the form from a draft; one that cannot be read is left alone."""
        try:
            lines = [line_from_draft(kept, 0) for kept in body["lines"]]
            head = {key: self._head_value(key, value) for key, value in body.get("head", {}).items()}
        except (ValueError, KeyError, TypeError):
            self.notice.say(_("This entry cannot be read any more."), Meaning.SOON)
            return
        for sheet in self.all_sheets():
            sheet.set_lines([one for one in lines if one.side == sheet.side])
        for one in lines:
            self.finder.table(one.goods.id, lambda _table: self._say_total())
        self.strip.set_values(head)
        self._on_changed()

    def _head_value(self, key: str, kept: Any) -> Any:
        is_date = key in self.strip.names() and isinstance(self.strip.editor(key), DateEdit)
        return date.fromisoformat(kept) if is_date and kept else kept

    def forget_draft(self) -> None:
        """What stands in the form is not kept for later."""
        self._drafts.clear()

    def _offer_draft(self) -> None:
        """Offer what an earlier session left; of what was on its way it is asked first whether it arrived."""
        draft = self._drafts.load()
        if draft is None or self.lines():
            return
        if not draft.request_id:
            self._offer_again(draft)
            return
        self.context.ops.ask(
            self, stock.find_posted, request_id=draft.request_id,
            then=lambda posted: self._on_looked_up(draft, posted), failed=lambda _error: self._offer_again(draft),
        )  # fmt: skip

    def _on_looked_up(self, draft: Draft, posted: stock.Posted | None) -> None:
        if posted is None:
            self._offer_again(draft)
        elif not self.lines():
            self._drafts.clear()
            self.notice.say(draft.arrived_words(posted.number), Meaning.GOOD)

    def _offer_again(self, draft: Draft) -> None:
        if not self.lines():
            choices = ((_("Continue"), lambda: self._take_draft(draft)), (_("Throw away"), self._drop_draft))
            self._offer.offer(draft.words(), choices)

    def _take_draft(self, draft: Draft) -> None:
        self._offer.hide()
        self._drafts.take(draft)
        self.restore_draft(draft.body)
        self.sheet.focus()

    def _drop_draft(self) -> None:
        self._drafts.clear()
        self.sheet.focus()

    # --- inside

    def _on_ready(self) -> None:
        if not self.is_loaded():
            self.show_content()
            self._offer_draft()
            self.sheet.focus()
        self._say_total()

    def _on_changed(self) -> None:
        if self.lines():
            self._offer.hide()
            self._drafts.touch()
        elif self._offer.isHidden():
            self._drafts.touch()
        self._say_total()

    def _say_total(self) -> None:
        count = len(self.lines())
        self._count.set_words(_n("{n} line", "{n} lines", count) if count else "")
        self._total.set_words(self.total_words())

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._count)
        foot.addStretch(1)
        foot.addWidget(self._total)
        foot.addWidget(self.post_button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(12)
        if self.strip.names():
            column.addWidget(self.strip)
            column.addWidget(line())
        self.make_lists(column)
        foot.setContentsMargins(16, 4, 16, 12)
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(above_form(self._offer, self.notice))
        whole.addWidget(scrolled(inner), 1)
        whole.addLayout(foot)
        self.set_content(self._body)
