"""A request that was typed and not saved survives the program: it is kept as it is typed, and offered again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.i18n import _, verbatim
from core.uow import Actor, SiteFacts
from desktop.context import AppContext
from desktop.purchasing.requests.lines import FormLine
from desktop.shell.drafts import Draft, DraftBox
from desktop.theme import Meaning
from desktop.widgets import Offer, ui_text

if TYPE_CHECKING:
    from desktop.purchasing.requests.form import RequestForm

TEXTS = ("department", "note")


class RequestDraft(QObject):
    """The draft of a new request. `offer` stands over the form."""

    def __init__(self, context: AppContext, form: RequestForm) -> None:
        super().__init__(form)
        self.site: SiteFacts | None = None
        self.actor: Actor | None = None
        self._form = form
        self.offer = Offer(Meaning.SOON)
        self.box = DraftBox(self, context, self, "request", self._body)
        office = context.office
        context.ops.run(form, lambda: (office.site, office.actor), then=self._on_facts, failed=lambda _error: None)

    def touch(self) -> None:
        """Something was typed."""
        if self.site is not None and self._form.has_unsaved():
            self.offer.hide()
            self.box.touch()

    def _on_facts(self, facts: tuple[SiteFacts, Actor | None]) -> None:
        self.site, self.actor = facts
        draft = self.box.load()
        if draft is None or self._form.lines.all():
            self.touch()
            return
        self.offer.offer(draft.words(), ((_("Continue"), lambda: self._take(draft)), (_("Throw away"), self.box.clear)))

    def _take(self, draft: Draft) -> None:
        try:
            lines = [_line_from(at, kept) for at, kept in enumerate(draft.body["lines"], start=1)]
            head = {**draft.body["head"]}
            day = head.get("needed_on")
            values = {**{key: head.get(key) for key in TEXTS}, "needed_on": date.fromisoformat(day) if day else None}
        except (ValueError, KeyError, TypeError, ArithmeticError):
            self.offer.say(_("This entry cannot be read any more."), Meaning.SOON)
            return
        self.box.take(draft)
        for key, value in values.items():
            self._form.form.editor(key).set_value(value)
        self._form.lines.set(lines)
        self._form.begin()

    def _body(self) -> dict[str, Any]:
        head = self._form.form.typed()
        day = head["needed_on"]
        kept = {**{key: head[key] or "" for key in TEXTS}, "needed_on": day.isoformat() if day else ""}
        return {"lines": _lines_to(self._form.lines.all()), "head": kept}


def _lines_to(lines: Sequence[FormLine]) -> list[dict[str, Any]]:
    return [
        {
            "item": line.item_id, "code": line.code, "name": ui_text(line.name), "qty": f"{line.qty:f}",
            "unit": line.unit, "words": line.unit_words, "supplier": line.supplier_id, "supplier_words": line.supplier,
            "note": line.note,
        }
        for line in lines
    ]  # fmt: skip


def _line_from(at: int, kept: dict[str, Any]) -> FormLine:
    supplier = kept["supplier"]
    return FormLine(
        at, int(kept["item"]), str(kept["code"]), verbatim(str(kept["name"])), Decimal(kept["qty"]), str(kept["unit"]),
        str(kept["words"]), None if supplier is None else int(supplier), str(kept["supplier_words"]), str(kept["note"]),
    )  # fmt: skip
