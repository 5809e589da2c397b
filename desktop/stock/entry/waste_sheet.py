"""The evening's waste as a sheet: item, quantity, unit, reason, note; Enter moves on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core import stock
from core.i18n import Text, _
from core.words import WasteStage, word
from desktop.context import AppContext
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.issue import add_date
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.page import EntryPage, FormText
from desktop.stock.entry.waste_why import STAGE
from desktop.widgets import Choice, TextEdit
from desktop.widgets.strip import Strip

TEXT = FormText(
    "waste_sheet",
    _("Waste sheet"),
    _("Many items at once, from the evening's list"),
    _("Post waste"),
    _("Lines of the waste sheet"),
)


class WasteSheetPage(EntryPage):
    """The same lines as everywhere, with a reason; where it was lost is said once."""

    def __init__(self, context: AppContext) -> None:
        fields = Fields(unit="issue", place=_("Place"), any_lot=True, reasons=True, note=True, scans_add=False)
        super().__init__(context, TEXT, fields)
        context.ops.ask(self, stock.list_waste_reasons, then=self._on_reasons)

    def make_head(self, strip: Strip) -> None:
        stages = [(str(stage), word(stage)) for stage in WasteStage]
        self.stage = Choice(_("Where it was lost"), stages, search=False)
        self.stage.set_value(self.context.settings.get(STAGE, WasteStage.STORAGE))
        strip.add("stage", _("Where it was lost"), self.stage, share=18)
        add_date(self, strip)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=30)

    def kept_fields(self) -> tuple[str, ...]:
        return ("stage",)

    def command(self) -> Callable[..., Any]:
        return stock.record_waste

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        stage = head.get("stage") or ""
        return {
            "lines": tuple(self._staged(line.new_line(row), stage) for row, line in enumerate(lines, start=1)),
            "at": self.when(head.get("at")),
            "note": head.get("note") or "",
        }

    @staticmethod
    def _staged(new: stock.NewLine, stage: str) -> stock.NewLine:
        return stock.NewLine(
            new.item_id, new.qty, new.unit, location_id=new.location_id, lot=new.lot, lot_id=new.lot_id,
            reason=new.reason, stage=stage, note=new.note, row=new.row,
        )  # fmt: skip

    def posted_words(self, posted: stock.Posted) -> Text:
        return _("Waste sheet {number} posted", number=posted.number)

    def _on_reasons(self, rows: list[stock.ReasonRow]) -> None:
        is_english = self.context.language == "en"
        self.sheet.set_reasons(
            [(row.code, f"{row.digit} {(row.name_en or row.name) if is_english else row.name}") for row in rows]
        )
