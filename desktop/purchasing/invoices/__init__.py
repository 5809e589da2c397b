"""Suppliers' invoices in the window: the list, entering one, one beside order and receipt, differences, what waits."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission as P
from desktop.context import AppContext
from desktop.purchasing.invoices.examples import (
    some_credit_note,
    some_invoice,
    some_open_invoice,
    some_waiting,
)
from desktop.purchasing.invoices.finding import find_invoices
from desktop.shell.registry import Action, Page, PaletteProvider, ShellRegistry, Variant

LIST, ONE = "purchasing.invoices", "purchasing.invoice"
DIFFERENCES, WAITING = "purchasing.differences", "purchasing.not_invoiced"
PLACE = "purchasing"


def register(registry: ShellRegistry) -> None:
    """Bring the pages, actions and the finder of invoices to the shell."""
    registry.add_page(Page(LIST, _("Invoices"), PLACE, P.INVOICE_EDIT, _list, 60, icon="file"))
    registry.add_page(Page(ONE, _("Invoice"), PLACE, P.INVOICE_EDIT, _one, 61, False, "file", _variants()))
    registry.add_page(Page(DIFFERENCES, _("Differences of invoices"), PLACE, P.INVOICE_EDIT, _differences, 62, False,
                           "warning", (Variant("all"),)))  # fmt: skip
    registry.add_page(Page(WAITING, _("Received, not invoiced"), PLACE, P.PURCHASE_VIEW, _waiting, 63, False, "clock",
                           (Variant("now"),)))  # fmt: skip
    for route, args, title, permission, icon, words in (
        (LIST, {}, _("Invoices"), P.INVOICE_EDIT, "file", "发票 三单匹配 invoices three way match"),
        (ONE, {}, _("Enter an invoice"), P.INVOICE_EDIT, "plus", "录入发票 采购发票 enter type invoice bill"),
        (ONE, {"is_credit": True}, _("Enter a credit note"), P.INVOICE_EDIT, "return", "红字发票 贷项 credit note"),
        (
            DIFFERENCES,
            {},
            _("Differences of invoices"),
            P.INVOICE_EDIT,
            "warning",
            "发票差异 价差 differences exceptions",
        ),
        (
            WAITING,
            {},
            _("Received, not invoiced"),
            P.PURCHASE_VIEW,
            "clock",
            "暂估入库 暂估 grni accrual goods received",
        ),
    ):
        key = f"{route}.credit" if args else route
        registry.add_action(Action(key, title, permission, partial(_go, route, args), icon=icon, words=words))
    registry.add_provider(PaletteProvider("purchasing.invoices", P.INVOICE_EDIT, find_invoices))


def _variants() -> tuple[Variant, ...]:
    return (
        Variant("new"),
        Variant("supplier", find_args=lambda office: _waits(office, "supplier_id")),
        Variant("receipt", find_args=lambda office: _waits(office, "posting_id")),
        Variant("one", find_args=lambda office: {"invoice_id": some_invoice(office)}),
        Variant("credit", find_args=lambda office: {"invoice_id": some_credit_note(office)}),
        Variant("correct", find_args=lambda office: {"invoice_id": some_open_invoice(office), "is_editing": True}),
    )


def _waits(office: Any, name: str) -> dict[str, Any]:
    found = some_waiting(office)
    return {} if found is None else {name: getattr(found, name)}


def _go(route: str, given: dict[str, Any], context: AppContext, **args: Any) -> None:
    context.shell.go(route, **given, **args)


def _list(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.invoices.list_page import InvoicesPage

    return InvoicesPage(context, **args)


def _one(
    context: AppContext, *, invoice_id: int | None = None, line_id: int = 0, is_editing: bool = False, **args: Any
) -> QWidget:
    """One that is stored is shown beside what it is held against; without one, or to correct it, the form."""
    if invoice_id is not None and not is_editing:
        from desktop.purchasing.invoices.card_page import CardPage

        return CardPage(context, invoice_id=invoice_id, line_id=line_id)
    from desktop.purchasing.invoices.entry_page import EntryPage, Start

    start = Start(*(args.pop(name, None) for name in ("supplier_id", "order_id", "posting_id")))
    return EntryPage(context, invoice_id=invoice_id, start=start, **args)


def _differences(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.invoices.differences_page import DifferencesPage

    return DifferencesPage(context, **args)


def _waiting(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.invoices.waiting_page import WaitingPage

    return WaitingPage(context, **args)
