"""What was typed of an invoice survives the program: it is kept as it is typed, and offered again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from core.i18n import _
from desktop.context import AppContext
from desktop.purchasing.invoices.lines import line_from_draft, line_to_draft
from desktop.shell.drafts import Draft, DraftBox
from desktop.theme import Meaning

if TYPE_CHECKING:
    from desktop.purchasing.invoices.entry_page import EntryPage


class Drafting:
    """The draft of a new invoice, one for each thing it began with; one that is being corrected stands in the database and needs none."""

    def __init__(self, context: AppContext, page: EntryPage, name: str) -> None:
        self._page = page
        self.box = DraftBox(page, context, page.finder, name, self._body)
        page.lines.changed.connect(self.touch)
        page.entry.head.changed.connect(self.touch)

    def touch(self) -> None:
        """Something was typed."""
        if not self._page.entering.invoice_id and self._page.lines.has_typing():
            self.box.touch()

    def _body(self) -> dict[str, Any]:
        page = self._page
        if page.entering.invoice_id:
            return {}
        return {
            "lines": [line_to_draft(line) for line in page.lines.all()], "head": page.entry.head.to_draft(),
            "files": list(page.entry.head.files.paths),
        }  # fmt: skip

    def send(self) -> str:
        """It goes on its way: the request id it is sent with; a correction is not kept and has none."""
        return "" if self._page.entering.invoice_id else self.box.send()

    def came_back(self) -> None:
        """It was refused: what is sent next is another request."""
        if not self._page.entering.invoice_id:
            self.box.came_back()

    def forget(self) -> None:
        """It is entered."""
        if not self._page.entering.invoice_id:
            self.box.clear()

    def offer(self, begin: Callable[[], object]) -> bool:
        """Offer what an earlier session left, whether there is something; thrown away, the page begins as usual."""
        draft = self.box.load()
        if draft is not None:
            choices = ((_("Continue"), partial(self.take, draft)), (_("Throw away"), partial(self._throw_away, begin)))
            self._page.offer.offer(draft.words(), choices, Meaning.ACCENT)
        return draft is not None

    def _throw_away(self, begin: Callable[[], object]) -> None:
        self.box.clear()
        begin()

    def take(self, draft: Draft) -> None:
        """Go on with a draft. One that was on its way is sent as the same request, so that it is entered once."""
        page = self._page
        try:
            lines = [line_from_draft(kept) for kept in draft.body["lines"]]
            page.entry.head.restore(draft.body.get("head") or {})
        except (ValueError, KeyError, TypeError):
            page.say(_("This entry cannot be read any more."), Meaning.SOON)
            return
        self.box.take(draft)
        page.lines.add(lines)
        page.entry.head.files.add(list(draft.body.get("files") or ()))
        page.entering.keep_tax(True)
        page.entering.ask_deal(lambda _deal: page.entry.focus_goods())
