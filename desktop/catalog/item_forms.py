"""The small forms beside an item: packs, a barcode, a supplier's terms, a policy, a substitute, a revaluation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import catalog, stock
from core.catalog import Break, ItemCard, NewBarcode, NewPolicy, NewTerm, PackUnit, PolicyRow, TermRow
from core.i18n import Text, _
from core.words import CostMethod, word
from desktop.catalog.editors import BarcodeEdit, DaysEdit, UnitEdit, break_rows, pack_rows
from desktop.catalog.known import Known
from desktop.context import AppContext, Posted
from desktop.widgets import (
    Button,
    CheckEdit,
    Choice,
    CodeEdit,
    DateEdit,
    Editor,
    Form,
    FormPanel,
    Found,
    MoneyEdit,
    NoteEdit,
    QtyEdit,
    RecordPicker,
    TextEdit,
    local_time,
)

POLICY: tuple[tuple[str, Text], ...] = (
    ("minimum", _("Minimum")), ("safety", _("Safety stock")), ("maximum", _("Maximum")), ("par", _("Par level")),
    ("reorder_point", _("Reorder point")), ("order_qty", _("Order quantity")),
)  # fmt: skip
MOST_FOUND = 12


class ItemForms:
    """Makes the panels for one item; who shows them listens to `saved` and `cancelled`."""

    def __init__(self, context: AppContext, known: Known) -> None:
        self._context, self._known = context, known

    def packs(self, card: ItemCard) -> FormPanel:
        """The pack units."""
        form = Form()
        edit = pack_rows(self._known)
        form.add("pack_units", _("Pack units"), edit)
        edit.set_value([{"unit": pack.unit, "factor": pack.factor} for pack in card.units])
        if not card.units:
            edit.add_row()
        form.mark_unchanged()

        def send(values: dict[str, Any]) -> None:
            units = [PackUnit(row["unit"], row["factor"]) for row in values["pack_units"]]
            self._do(panel, catalog.set_pack_units, item_id=card.id, version=card.version, units=units)

        panel = self._panel(_("Pack units"), card, form, send)
        return panel

    def barcode(self, card: ItemCard) -> FormPanel:
        """One more barcode, typed, scanned, or made here."""
        form = Form()
        form.add("barcode", _("Barcode"), BarcodeEdit(), required=True)
        form.add("unit", _("Unit of the code"), self._unit_of(card), hint=_("What one scan counts."))
        suppliers = Choice(options=self._known.supplier_options(), empty=_("Of any supplier"))
        form.add("supplier_id", _("Supplier"), suppliers)
        form.add("valid_to", _("Valid to"), DateEdit(today=self._today))
        suppliers.set_value(None)
        form.mark_unchanged()

        def send(values: dict[str, Any]) -> None:
            barcode = NewBarcode(
                values["barcode"], values["unit"] or "", values["supplier_id"], values["valid_to"]
            )  # fmt: skip
            self._do(panel, catalog.add_barcode, item_id=card.id, barcode=barcode)

        def make() -> None:
            unit = form.editor("unit").value() or ""
            self._do(panel, catalog.make_barcode, item_id=card.id, unit=unit)

        panel = self._panel(_("Add a barcode"), card, form, send, verb=_("Add"))
        panel.add_action(Button(_("Make a code of our own"), make, icon_name="barcode"))
        return panel

    def term(self, card: ItemCard, row: TermRow | None = None) -> FormPanel:
        """How a supplier sells the item."""
        form = Form()
        known = self._known
        taken = {one.supplier_id for one in card.terms}
        free = [one for one in known.supplier_options() if one[0] not in taken]
        if row is None:
            form.add("supplier_id", _("Supplier"), Choice(options=free), required=True)
        form.add("unit", _("Sold by"), UnitEdit(known, placeholder=_("purchase unit")))
        form.add(
            "price",
            _("Price"),
            _price_edit(self._currency_of(row)),
            hint=_("Of one of these, as the supplier writes it."),
        )
        form.add("supplier_code", _("Supplier item code"), CodeEdit(most=60))
        ranks = [(1, _("Main supplier")), *((rank, _("Backup {n}", n=rank - 1)) for rank in range(2, 6))]
        form.add("rank", _("Rank"), Choice(options=ranks, search=False), required=True)
        form.add("lead_days", _("Lead time"), DaysEdit())
        form.add("minimum_qty", _("Minimum order"), QtyEdit())
        form.add("multiple_qty", _("Order multiple"), QtyEdit())
        form.add("valid_from", _("Valid from"), DateEdit(today=self._today))
        form.add("valid_to", _("Valid to"), DateEdit(today=self._today), hint=_("Empty: until it changes."))
        form.add("breaks", _("Price breaks"), break_rows(), span=True)
        form.set_values(_term_values(row) if row is not None else {"rank": min(len(card.terms) + 1, 5)})

        def send(values: dict[str, Any]) -> None:
            supplier_id = row.supplier_id if row is not None else values.pop("supplier_id")
            breaks = tuple(Break(one["from_qty"], one["price"]) for one in values.pop("breaks"))
            unit, code = values.pop("unit") or "", values.pop("supplier_code") or ""
            term = NewTerm(supplier_id, code, unit, breaks=breaks, **values)
            version = row.version if row is not None else None
            self._do(panel, catalog.save_term, item_id=card.id, term=term, version=version)

        title = _("Terms of {supplier}", supplier=row.supplier) if row is not None else _("Add a supplier")
        panel = self._panel(title, card, form, send)
        return panel

    def _currency_of(self, row: TermRow | None) -> str:
        """The currency a price is in where it is not the site's; a new term's supplier is not chosen yet."""
        site = self._known.site
        return row.currency if row is not None and site is not None and row.currency != site.currency else ""

    def policy(self, card: ItemCard, row: PolicyRow | None = None) -> FormPanel:
        """How much should be there, on the whole site or at one place."""
        form = Form()
        taken = {one.location_id for one in card.policies}
        options = [(0, _("Whole site")), *self._known.place_options()]
        if row is None:
            free = [one for one in options if one[0] not in taken]
            form.add("location_id", _("Where"), Choice(options=free), required=True)
            if free:
                form.editor("location_id").set_value(free[0][0])
        unit = self._known.unit(card.row.base_unit)
        for key, name in POLICY:
            form.add(key, name, QtyEdit(unit=unit))
        if row is not None:
            form.set_values({key: getattr(row, key) for key, _name in POLICY})
        form.mark_unchanged()

        def send(values: dict[str, Any]) -> None:
            place = row.location_id if row is not None else values.pop("location_id")
            version = row.version if row is not None else None
            policy = NewPolicy(location_id=place, **values)
            self._do(panel, catalog.save_policy, item_id=card.id, policy=policy, version=version)

        title = _("Stock policy") if row is None else _("Stock policy: {place}", place=self.place_words(row))
        panel = self._panel(title, card, form, send)
        return panel

    def place_words(self, row: PolicyRow) -> str:
        """Where a policy counts."""
        whole = self._context.words(_("Whole site"))
        return self._known.place_name(row.location_id) or whole if row.location_id else whole

    def substitute(self, card: ItemCard) -> FormPanel:
        """What may stand in for the item."""
        form = Form()
        form.add("substitute", _("Item"), RecordPicker(_("Item"), self._complete(card)), required=True)
        unit = self._known.unit(card.row.base_unit)
        hint = _("So many of its base units replace one {unit}.", unit=unit)
        form.add("factor", _("Factor"), QtyEdit(), required=True, hint=hint)
        form.add("note", _("Remark"), TextEdit(most=200))
        form.add("both_ways", _("Both ways"), CheckEdit(_("Each may stand in for the other")))
        form.set_values({"factor": 1})

        def send(values: dict[str, Any]) -> None:
            self._do(
                panel, catalog.add_substitute, item_id=card.id, substitute_id=values["substitute"],
                factor=values["factor"], note=values["note"] or "", both_ways=values["both_ways"],
            )  # fmt: skip

        panel = self._panel(_("Add a substitute"), card, form, send, verb=_("Add"))
        return panel

    def revalue(self, card: ItemCard, method: CostMethod) -> FormPanel:
        """Another cost method or standard cost from now on, by a posting that revalues what is there."""
        form = Form()
        form.add("method", _("Cost method"), Choice(options=[(m, word(m)) for m in CostMethod], search=False))
        unit = self._known.unit(card.row.base_unit)
        hint = _("Of one {unit}. Needed for standard cost only.", unit=unit)
        form.add("standard", _("Standard cost"), MoneyEdit(decimals=6), hint=hint)
        form.add("note", _("Remark"), NoteEdit(lines=2, most=400))
        standard = card.values.get("standard_cost")
        form.set_values({"method": method, "standard": standard})

        def posted(answer: stock.Posted) -> None:
            text = _("Revaluation {number} posted", number=answer.number)
            self._context.shell.posted(Posted(text, undo={"posting_id": answer.posting_id}))
            panel.done(card.id)

        def send(values: dict[str, Any]) -> None:
            chosen = values["method"] if values["method"] != method else None
            cost = values["standard"] if values["standard"] != standard else None
            if chosen is CostMethod.STANDARD:
                cost = values["standard"]
            self._context.ops.do(
                panel, stock.revalue_item, then=posted, item_id=card.id, method=chosen, standard=cost,
                note=values["note"] or "",
            )  # fmt: skip

        panel = self._panel(_("Revalue"), card, form, send, verb=_("Post"))
        return panel

    # --- inside

    def _panel(
        self,
        title: Text,
        card: ItemCard,
        form: Form,
        send: Callable[[dict[str, Any]], object],
        *,
        verb: Text | str = "",
    ) -> FormPanel:
        subtitle = f"{card.row.title(self._context.language)} · {card.row.code}"
        panel = FormPanel(title, form, send, subtitle=subtitle, verb=verb)
        panel.setProperty("item_id", card.id)
        return panel

    def _do(self, panel: FormPanel, command: Callable[..., Any], *, item_id: int, **args: Any) -> None:
        def then(_answer: object) -> None:
            self._context.shell.say(_("Saved."))
            panel.done(item_id)

        self._context.ops.do(panel, command, then=then, failed=panel.show_error, item_id=item_id, **args)

    def _unit_of(self, card: ItemCard) -> Choice:
        units = [card.row.base_unit, *(pack.unit for pack in card.units)]
        choice = Choice(options=[(unit, self._known.unit(unit)) for unit in units], search=False)
        choice.set_value(card.row.base_unit)
        return choice

    def _today(self) -> Any:
        return local_time(self._context.office.clock.now()).date()

    def _complete(self, card: ItemCard) -> Callable[[str, Callable[[Any], None]], object]:
        language, ops = self._context.language, self._context.ops

        def complete(text: str, answer: Callable[[Any], None]) -> None:
            def found(rows: list[catalog.ItemRow]) -> None:
                answer(
                    [
                        Found(row.id, row.code, row.title(language), row.spec)
                        for row in rows
                        if row.is_active and row.id != card.id
                    ]
                )

            ops.ask(self._known, catalog.search_items, text=text, limit=MOST_FOUND, then=found, key="substitute")

        return complete


def _term_values(row: TermRow) -> dict[str, Any]:
    values = {
        key: getattr(row, key)
        for key in ("price", "rank", "lead_days", "minimum_qty", "multiple_qty", "valid_from", "valid_to")
    }
    breaks = [{"from_qty": step.from_qty, "price": step.price} for step in row.breaks]
    return {**values, "unit": row.unit or None, "supplier_code": row.supplier_code, "breaks": breaks}


def _price_edit(currency: str) -> Editor:
    """A price in the site's currency, or in the one named."""
    return QtyEdit(unit=currency) if currency else MoneyEdit(decimals=6)
