"""Requests for quotation in the window: a list, the form of a new one, and one with its answers side by side."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.printing.source import PaperSource
from desktop.purchasing.quotations.examples import some_answered, some_asked
from desktop.shell.registry import Action, Page, PaperMaker, ShellRegistry, Variant

LIST, ONE = "purchasing.quotations", "purchasing.quotation"
MAY = Permission.PURCHASE_ORDER


def register(registry: ShellRegistry) -> None:
    """Bring the requests for quotation to the shell."""
    registry.add_page(
        Page(
            LIST, _("Quotations"), "purchasing", MAY, _list, 50, icon="question",
            variants=(Variant("new", {"is_new": True}),),
        )
    )  # fmt: skip
    registry.add_page(
        Page(
            ONE, _("Request for quotation"), "purchasing", MAY, _one, 51, False, "question",
            (Variant("answered", find_args=lambda office: {"rfq_id": some_answered(office)}),),
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            "purchasing.quotations", _("Requests for quotation"), MAY, partial(_go, LIST), icon="question",
            words="询价单 报价 比价 rfq quotation compare prices",
        )
    )  # fmt: skip
    registry.add_action(
        Action(
            "purchasing.new_quotation", _("Ask suppliers for prices"), MAY,
            lambda context, **_args: context.shell.go(LIST, is_new=True), icon="question", words="新建询价 new rfq",
        )
    )  # fmt: skip
    registry.add_paper(PaperMaker("purchasing.quotation", _("Request for quotation"), MAY, _papers))


def _go(route: str, context: AppContext, **args: Any) -> None:
    context.shell.go(route, **args)


def _list(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.quotations.page import QuotationsPage

    return QuotationsPage(context, **args)


def _one(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.quotations.one_page import QuotationPage

    return QuotationPage(context, **args)


def _papers(office: Any, language: Language) -> list[Paper]:
    from core import purchasing

    found = some_asked(office)
    if found is None:
        return []

    def ask(said: str) -> Any:
        return office.ask(purchasing.get_rfq_paper, rfq_id=found[0], supplier_id=found[1], language=said)

    return [PaperSource("rfq", language, ask, "rfq", "rfq", found[0])()]
