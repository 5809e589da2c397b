"""Requests of departments in the window: the list with a form beside it, their slip, and what a scan does with them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.purchasing.requests.scanned import register_scans
from desktop.shell.registry import Action, Page, PaperMaker, ShellRegistry, Variant

ROUTE = "purchasing.requests"


def register(registry: ShellRegistry) -> None:
    """Bring requests to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("Requests"),
            "purchasing",
            Permission.PURCHASE_REQUEST,
            _page,
            40,
            icon="edit",
            variants=(
                Variant("new", {"is_adding": True}),
                Variant("one", find_args=lambda office: {"purchase_request_id": some_request(office)}),
            ),
        )
    )
    registry.add_action(
        Action(
            "purchasing.request",
            _("Ask for goods"),
            Permission.PURCHASE_REQUEST,
            lambda context, **args: context.shell.go(ROUTE, is_adding=True, **args),
            icon="edit",
            words="采购申请 请购单 要货 部门 purchase request requisition department need goods",
        )
    )
    registry.add_paper(PaperMaker("purchasing.request", _("Purchase request"), Permission.PURCHASE_VIEW, _papers))
    register_scans(registry)


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.purchasing.requests.page import RequestsPage

    return RequestsPage(context, **args)


def some_request(office: Any) -> int | None:
    """The newest request of the site, for a picture."""
    from core import purchasing

    rows = office.ask(purchasing.list_requests, limit=1)
    return rows[0].id if rows else None


def _papers(office: Any, language: Language) -> list[Paper]:
    from core import purchasing
    from desktop.printing.source import PaperSource

    key = some_request(office)
    if key is None:
        return []
    source = PaperSource(
        "request",
        language,
        lambda said: office.ask(purchasing.get_request_paper, purchase_request_id=key, language=said),
    )
    return [source()]
