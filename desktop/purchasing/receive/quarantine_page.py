"""Goods that wait for inspection: release them, or reject them with a claim; several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core import purchasing
from core.devices import Scan
from core.i18n import _, _n
from core.purchasing import QuarantineRow
from core.words import ClaimKind, Permission, word
from desktop.context import AppContext
from desktop.purchasing.files import add_files
from desktop.purchasing.receive.finding import Finder, Picked
from desktop.purchasing.receive.line_fields import REASONS
from desktop.purchasing.receive.papers import claim_slip
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Button,
    CheckEdit,
    Choice,
    Column,
    DetailPanel,
    Form,
    FormPanel,
    KeyHint,
    Kind,
    NoteEdit,
    PageBase,
    RowTable,
    date_words,
    number_words,
)

SOON_DAYS = 3


class QuarantinePage(PageBase):
    """F2 releases the chosen lines, F7 rejects them; a scan of the goods chooses their lines."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("Quarantine"), _("Goods that came and wait for inspection; their lots are blocked"))
        self.context = context
        self._rows: list[QuarantineRow] = []
        self.finder = Finder(context, self)
        self.table = RowTable(self._columns(), name=_("Goods in quarantine"), key="purchasing.quarantine")
        self.set_table(self.table)
        self.set_empty(
            _("Nothing is in quarantine"),
            _("Goods that were received as “Quarantine” wait here until somebody releases or rejects them."),
            icon_name="lock",
        )
        self._may = context.shell.may(Permission.LOT_EDIT)
        if self._may:
            self.set_primary(_("Release"), self.release, "check")
            self.add_more(_("Reject"), self.reject, "return", "F7")
        self.file = add_files(self, context, _("Goods in quarantine"), self.table, lambda: self._rows)
        self.table.row_activated.connect(self.show_row)
        self.finder.ready.connect(self.reload)
        context.hub.watch(self, ("receipt", "lot", "stock"), self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask again."""
        self.context.ops.ask(self, purchasing.list_quarantine, then=self._take, key=(id(self), "list"))

    def _take(self, rows: list[QuarantineRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        self.table.select_first()

    def chosen(self) -> list[QuarantineRow]:
        """The lines that are chosen, else the current one."""
        current = self.table.current_row()
        found: list[QuarantineRow] = self.table.selected_rows() or ([current] if current is not None else [])
        return found

    def scan(self, scan: Scan) -> bool:
        """Goods choose their line, of their lot where the code says one."""

        def found(picked: Picked | None) -> None:
            wanted = picked.item.id if picked is not None else 0
            if not self.table.select_where(lambda row: row.item_id == wanted and scan.batch in ("", row.lot)):
                self.context.shell.say(_("These goods are not in quarantine."))

        self.finder.by_scan(scan, found)
        return True

    # --- acting

    def release(self) -> None:
        """F2: the goods are good."""
        rows = self.chosen()
        if not rows:
            return
        form = Form()
        form.add("note", _("Note"), NoteEdit(_("Note"), lines=3, most=200))

        def send(values: dict[str, Any]) -> None:
            self.context.ops.do(
                self, purchasing.release_inspection, receipt_line_ids=_ids(rows), note=values["note"] or "",
                then=panel.done, failed=panel.show_error,
            )  # fmt: skip

        panel = FormPanel(_("Release"), form, send, subtitle=_told(rows, self.context.language), verb=_("Release"))
        panel.saved.connect(lambda _lots: self._done(_n("{n} line released", "{n} lines released", len(rows))))
        self._open_form(panel)

    def reject(self) -> None:
        """F7: the goods are not good; a claim is made, and they may go back at once."""
        rows = self.chosen()
        if not rows or not self._may:
            return
        form = Form()
        reasons = [(str(kind), word(kind)) for kind in REASONS]
        form.add("reason", _("Reason"), Choice(_("Reason"), reasons, search=False), required=True)
        if self.context.shell.may(Permission.STOCK_RETURN):
            form.add("send_back", "", CheckEdit(_("Send them back at once"))).set_name(_("Send them back at once"))
        form.add("note", _("Note"), NoteEdit(_("Note"), lines=3, most=200))
        form.set_values({"reason": str(ClaimKind.QUALITY)})

        def send(values: dict[str, Any]) -> None:
            self.context.ops.do(
                self, purchasing.reject_inspection, receipt_line_ids=_ids(rows), reason=ClaimKind(values["reason"]),
                note=values["note"] or "", send_back=bool(values.get("send_back")),
                then=panel.done, failed=panel.show_error,
            )  # fmt: skip

        panel = FormPanel(_("Reject"), form, send, subtitle=_told(rows, self.context.language), verb=_("Reject"))
        panel.saved.connect(lambda claim_id: self._on_rejected(len(rows), claim_id))
        self._open_form(panel)

    def _open_form(self, panel: FormPanel) -> None:
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, 400)
        panel.focus_field()

    def _on_rejected(self, count: int, claim_id: Any) -> None:
        self._done(_n("{n} line rejected", "{n} lines rejected", count))
        if claim_id:
            claim_slip(self.context, self, int(claim_id))

    def _done(self, words: Any) -> None:
        self.close_panel()
        self.context.shell.say(words)
        self.reload()

    def show_row(self, row: QuarantineRow) -> None:
        """What is known of a line, with its two ways out."""
        language = self.context.language
        panel = DetailPanel(row.title(language), row.supplier_title(language))
        panel.add_facts(
            [
                (_("Receipt"), row.number),
                (_("In stock"), f"{number_words(row.left)} {self.finder.unit_word(row.unit)}"),
                (_("Lot"), row.lot),
                (_("Expiry date"), date_words(row.expires_on) if row.expires_on is not None else ""),
                (_("Place"), row.place_title(language)),
                (_("Note"), row.note),
            ]
        )
        if self._may:
            panel.add_action(Button(_("Release"), self.release, icon_name="check", kind="primary", key="F2"))
            panel.add_action(Button(_("Reject"), self.reject, icon_name="return", kind="danger", key="F7"))
        self.open_panel(panel, 400)

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("Ctrl+A", _("Choose all")),)

    def _columns(self) -> list[Column]:
        language, finder = self.context.language, self.finder
        columns = [
            Column("item", _("Item"), 190, stretch=True, value=lambda row: row.title(language)),
            Column("lot", _("Lot"), 130),
            Column("expires_on", _("Expiry date"), 108, kind=Kind.DATE),
            Column("soon", "", 110, kind=Kind.BADGE, value=self._soon, sortable=False),
            Column("left", _("In stock"), 84, kind=Kind.QTY),
            Column("unit", "", 56, kind=Kind.UNIT, value=lambda row: finder.unit_word(row.unit), sortable=False),
            Column("supplier", _("Supplier"), 160, value=lambda row: row.supplier_title(language)),
            Column("number", _("Receipt"), 132, muted=True),
            Column("at", _("When"), 132, kind=Kind.INSTANT, muted=True, wide_only=True),
            Column("place", _("Place"), 120, value=lambda row: row.place_title(language), wide_only=True),
        ]
        if self.context.shell.may(Permission.COST_VIEW):
            columns.insert(6, Column("accrued", _("Value"), 100, kind=Kind.MONEY))
        return columns

    def _soon(self, row: QuarantineRow) -> BadgeLook | None:
        if row.expires_on is None:
            return None
        days = (row.expires_on - self.finder.today()).days
        if days < 0:
            return BadgeLook(_("Expired"), Meaning.DANGER)
        return BadgeLook(_n("{n} day left", "{n} days left", days), Meaning.SOON) if days <= SOON_DAYS else None


def _ids(rows: Sequence[QuarantineRow]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def _told(rows: Sequence[QuarantineRow], language: str) -> str:
    return ", ".join(f"{row.title(language)} {row.lot}".strip() for row in rows[:6]) + ("…" if len(rows) > 6 else "")
