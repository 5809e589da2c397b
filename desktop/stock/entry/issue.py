"""Issue goods to a department, and put the book quantity right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core import stock
from core.i18n import Text, _
from core.words import Permission
from desktop.context import AppContext
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.page import EntryPage, FormText
from desktop.widgets import CodeEdit, DateEdit, TextEdit
from desktop.widgets.strip import Strip

ISSUE = FormText(
    "issue", _("Issue"), _("Goods for a department, a ticket or an order"), _("Post issue"), _("Lines of the issue")
)
ADJUST = FormText(
    "adjust",
    _("Adjust"),
    _("Put the book quantity right: more without a sign, less with a minus"),
    _("Post adjustment"),
    _("Lines of the adjustment"),
)


def add_date(page: EntryPage, strip: Strip) -> None:
    """The day, for those who may post an earlier one."""
    if page.context.shell.may(Permission.STOCK_BACKDATE):
        strip.add("at", _("Date"), DateEdit(_("Date"), today=page.finder.today, is_past=True), share=14)


class IssuePage(EntryPage):
    """Lots that expire first are taken unless another is chosen."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, ISSUE, Fields(unit="issue", place=_("Place"), note=True))
        self.add_link(_("Take goods back"), "stock.return_from_customer", Permission.STOCK_RETURN, "return")
        self.add_link(_("Production"), "stock.production", Permission.STOCK_PRODUCE, "kitchen")
        self.add_link(_("Adjust"), "stock.adjust", Permission.STOCK_ADJUST, "adjust")

    def make_head(self, strip: Strip) -> None:
        strip.add(
            "purpose",
            _("Issued for"),
            TextEdit(_("Issued for"), placeholder=_("Department or order"), most=120),
            share=24,
        )
        strip.add("document", _("Document"), CodeEdit(_("Document"), most=60), share=18)
        add_date(self, strip)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=24)

    def kept_fields(self) -> tuple[str, ...]:
        return ("purpose",)

    def command(self) -> Callable[..., Any]:
        return stock.issue_goods

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        return {
            "lines": tuple(line.new_line(row) for row, line in enumerate(lines, start=1)),
            "purpose": head.get("purpose") or "",
            "document": head.get("document") or "",
            "at": self.when(head.get("at")),
            "note": head.get("note") or "",
        }

    def posted_words(self, posted: stock.Posted) -> Text:
        return _("Issue {number} posted", number=posted.number)


class AdjustPage(EntryPage):
    """The sign of a quantity says the direction, the note says why."""

    def __init__(self, context: AppContext) -> None:
        fields = Fields(
            unit="base", comes_in=True, priced=True, signed=True, place=_("Place"), note=True, scans_add=False
        )
        super().__init__(context, ADJUST, fields)

    def make_head(self, strip: Strip) -> None:
        why = TextEdit(_("Reason in words"), placeholder=_("Why is it adjusted?"), most=400)
        why.set_required(True)
        strip.add("note", _("Reason in words"), why, share=32)
        strip.add("document", _("Document"), CodeEdit(_("Document"), most=60), share=18)
        add_date(self, strip)

    def command(self) -> Callable[..., Any]:
        return stock.adjust_stock

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        return {
            "lines": tuple(self._new_line(row, line) for row, line in enumerate(lines, start=1)),
            "document": head.get("document") or "",
            "at": self.when(head.get("at")),
            "note": head.get("note") or "",
        }

    @staticmethod
    def _new_line(row: int, line: EntryLine) -> stock.NewLine:
        """A price belongs to goods that come in; those that leave have their own cost."""
        new = line.new_line(row)
        if line.qty > 0:
            return new
        return stock.NewLine(
            new.item_id, new.qty, new.unit, location_id=new.location_id, lot=new.lot, lot_id=new.lot_id,
            note=new.note, row=row,
        )  # fmt: skip

    def posted_words(self, posted: stock.Posted) -> Text:
        return _("Adjustment {number} posted", number=posted.number)
