"""What is owed to suppliers, in the window: debts by age, payment proposals with their files, suppliers' statements."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.printing.source import PaperSource
from desktop.purchasing.payables.examples import some_proposal, some_statement
from desktop.shell.registry import Action, Page, PaperMaker, ShellRegistry, Variant

DEBTS, PROPOSALS, STATEMENTS = "purchasing.payables", "purchasing.proposals", "purchasing.statements"
MAY_SEE, MAY_PAY = Permission.COST_VIEW, Permission.PAYMENT_EDIT


def register(registry: ShellRegistry) -> None:
    """Bring debts, proposals and statements to the shell."""
    registry.add_page(
        Page(
            DEBTS, _("Payables"), "purchasing", MAY_SEE, _debts, 80, icon="money",
            variants=(Variant("propose", {"is_proposing": True}),),
        )
    )  # fmt: skip
    registry.add_page(
        Page(
            PROPOSALS, _("Payment proposals"), "purchasing", MAY_SEE, _proposals, 81, False, "money",
            (Variant("one", find_args=lambda office: {"proposal_id": some_proposal(office)}),),
        )
    )  # fmt: skip
    registry.add_page(
        Page(
            STATEMENTS, _("Suppliers' statements"), "purchasing", MAY_SEE, _statements, 82, False, "file",
            (
                Variant("one", find_args=lambda office: {"statement_id": some_statement(office)}),
                Variant("enter", {"is_entering": True}),
            ),
        )
    )  # fmt: skip
    for route, title, permission, words in (
        (DEBTS, _("Payables"), MAY_SEE, "应付账款 账龄 付款 payables ageing due"),
        (PROPOSALS, _("Payment proposals"), MAY_PAY, "付款建议 付款文件 payment proposal sepa bank file"),
        (STATEMENTS, _("Suppliers' statements"), MAY_SEE, "对账单 对账 statement reconcile supplier"),
    ):
        run = partial(_go, route)
        registry.add_action(Action(route, title, permission, run, icon="money", words=words))
    registry.add_paper(PaperMaker("purchasing.proposal", _("Payment proposal"), MAY_SEE, _papers))


def _go(route: str, context: AppContext, **args: Any) -> None:
    context.shell.go(route, **args)


def _debts(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.payables.debts_page import DebtsPage

    return DebtsPage(context, **args)


def _proposals(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.payables.proposals_page import ProposalsPage

    return ProposalsPage(context, **args)


def _statements(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.payables.statements_page import StatementsPage

    return StatementsPage(context, **args)


def _papers(office: Any, language: Language) -> list[Paper]:
    from core import purchasing

    made = []
    for kind, found, maker, name in (
        ("proposal", some_proposal(office), purchasing.get_proposal_paper, "proposal_id"),
        ("statement", some_statement(office), purchasing.get_statement_paper, "statement_id"),
    ):
        if found is not None:
            ask: Any = partial(_ask, office, maker, name, found)
            made.append(PaperSource(kind, language, ask, kind)())
    return made


def _ask(office: Any, maker: Any, name: str, record_id: int, language: str) -> Any:
    return office.ask(maker, **{name: record_id, "language": language})
