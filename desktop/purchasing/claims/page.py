"""Claims to suppliers: what is asked back, what was credited, what still waits."""

from __future__ import annotations

from core import purchasing
from core.devices import Scan
from core.i18n import Text, _, _n
from core.purchasing import ClaimCard, ClaimFilter, ClaimRow, ClaimSum
from core.words import ClaimState, Permission, word
from desktop.context import AppContext
from desktop.purchasing.claims.acts import ClaimActs
from desktop.purchasing.claims.columns import claim_columns
from desktop.purchasing.claims.new_panel import NewClaimPanel
from desktop.purchasing.claims.panel import ClaimPanel
from desktop.purchasing.files import add_files
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.papers import claim_slip
from desktop.purchasing.receive.scans import may_be_slip
from desktop.shell.scans import codes_of
from desktop.widgets import SEASONS, ChipSpec, PageBase, PeriodFilter, RowTable, date_words, money_words

WIDE = 456


class ClaimsPage(PageBase):
    """`claim_id` shows one; `supplier_id` narrows the list. F2 opens a claim by hand, F8 prints the slip."""

    def __init__(self, context: AppContext, *, claim_id: int = 0, supplier_id: int | None = None) -> None:
        super().__init__(_("Claims"), _("What suppliers still have to credit"))
        self.context = context
        self._wanted, self._supplier_id = claim_id, supplier_id
        self._rows: list[ClaimRow] = []
        self.finder = Finder(context, self)
        self.acts = ClaimActs(context, self, self)
        sees_cost = context.shell.may(Permission.COST_VIEW)
        self.table = RowTable(claim_columns(context.language, sees_cost=sees_cost), name=_("Claims"), key="claims")
        self.set_table(self.table)
        self.set_empty(
            _("No claim here"),
            _("What is refused at the dock, sent back, or invoiced too high becomes a claim by itself; others by F2."),
            icon_name="return",
        )
        self.add_search(lambda _text: self.reload(), _("Number, supplier or item"))
        states = tuple((state, word(state)) for state in ClaimState)
        self.chips.add(ChipSpec("waits", _("Not credited yet"), is_on=not claim_id))
        self.chips.add(ChipSpec("state", _("State"), states))
        self.chips.add(ChipSpec("supplier", _("Supplier"), ()))
        self.period = PeriodFilter(self.chips, self.finder.today, SEASONS)
        self.chips.changed.connect(self.reload)
        self.period.changed.connect(self.reload)
        if context.shell.may(Permission.CLAIM_EDIT):
            self.set_primary(_("New claim"), self.new_claim)
        self.add_more(_("Claim slip"), self.print_page, "print", "F8")
        self.file = add_files(self, context, _("Claims"), self.table, lambda: self._rows)
        self.table.row_activated.connect(lambda row: self.open(row.id))
        self.finder.ready.connect(self._on_ready)
        context.hub.watch(self, ("claim",), self.reload)
        self.start_loading()

    # --- asking

    def filters(self) -> ClaimFilter:
        """What the chips, the days and the search say."""
        chosen = self.chips.values()
        start, end = self.period.days()
        return ClaimFilter(
            supplier_id=chosen["supplier"], states=(chosen["state"],) if chosen["state"] else (),
            is_waiting=bool(chosen["waits"]), text=self.head.search_text(), since=start, until=end,
        )  # fmt: skip

    def reload(self) -> None:
        """Ask again."""
        if self.finder.is_ready():
            ask = self.context.ops.ask
            ask(self, purchasing.list_claims, filters=self.filters(), then=self._take, key=(id(self), "list"))
            supplier_id = self.chips.values()["supplier"]
            ask(self, purchasing.sum_claims, supplier_id=supplier_id, then=self._on_sum, key=(id(self), "sum"))

    def _on_ready(self) -> None:
        chip = self.chips.chip("supplier")
        language = self.context.language
        chip.set_options([(row.id, row.title(language)) for row in self.finder.suppliers])  # type: ignore[union-attr]
        supplier_id, self._supplier_id = self._supplier_id, None
        if supplier_id is not None:
            self.chips.set_value("supplier", supplier_id)
        self.reload()

    def _take(self, rows: list[ClaimRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        self.table.select_first()
        wanted, self._wanted = self._wanted, 0
        if wanted:
            self.open(wanted)

    def _on_sum(self, found: ClaimSum) -> None:
        words: Text = _n("{n} claim waits", "{n} claims wait", found.claims)
        if found.expected is not None and found.claims:
            words = _("{claims}, {amount} to be credited", claims=words, amount=money_words(found.expected, sign=True))
        if found.oldest_on is not None:
            words = _("{claims}; the oldest since {day}", claims=words, day=date_words(found.oldest_on))
        self.set_answer(words)

    def open(self, claim_id: int) -> None:
        """Show a claim beside the list."""
        self.table.select_where(lambda row: row.id == claim_id)
        self.context.ops.ask(
            self, purchasing.get_claim, claim_id=claim_id, then=self._on_card, key=(id(self), "card")
        )  # fmt: skip

    def _on_card(self, card: ClaimCard) -> None:
        self.open_panel(ClaimPanel(self.context, self.finder, card, self.acts), WIDE)

    # --- acting

    def new_claim(self) -> None:
        """F2: a claim by hand."""
        panel = NewClaimPanel(self.context, self.finder)
        panel.made.connect(self._on_made)
        self.open_panel(panel, WIDE)
        panel.form.editor("supplier_id").field().setFocus()

    def _on_made(self, claim_id: int) -> None:
        self.close_panel()
        self.reload()
        self.open(claim_id)

    def print_page(self) -> None:
        """F8: the slip of the claim that is chosen."""
        row = self.table.current_row()
        if row is not None:
            claim_slip(self.context, self, row.id)

    def scan(self, scan: Scan) -> bool:
        """The number on a claim slip shows the claim."""
        if not may_be_slip(scan):
            return False
        number = next(iter(codes_of(scan)), "")

        def found(claim_id: int | None) -> None:
            if claim_id is None:
                self.context.shell.say(_("There is no claim {number}.", number=number[:40]))
            else:
                self.open(claim_id)

        self.context.ops.ask(self, purchasing.find_claim, number=number, then=found)
        return True
