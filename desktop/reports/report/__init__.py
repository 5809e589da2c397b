"""A report on screen: period, filters, groups, chart, table, totals, definitions; files and paper of what is shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, _
from core.words import Permission
from desktop.context import AppContext, Paper
from desktop.shell.registry import Page, PaperMaker, ShellRegistry, Variant

ROUTE = "reports.report"


def register(registry: ShellRegistry) -> None:
    """Bring the page and the paper to the shell."""
    registry.add_page(
        Page(
            ROUTE,
            _("A report"),
            "reports",
            Permission.REPORT_VIEW,
            _page,
            20,
            in_tabs=False,
            icon="reports",
            variants=(
                Variant("value", {"name": "stock-value"}),
                Variant("line", {"name": "purchases-by-month"}),
                Variant("stacked", {"name": "stock-age"}),
                Variant("ledger", {"name": "stock-ledger"}),
                Variant("groups", find_args=_grouped),
                Variant("definitions", {"name": "stock-turnover", "panel": "definitions"}),
                Variant("columns", {"name": "month-review", "panel": "columns"}),
                Variant("save", {"name": "fill-rate", "panel": "save"}),
                Variant("figure", {"name": "stock-turnover"}, prepare=_ask_why),
                Variant("entries", find_args=_entries),
                Variant("chart", {"name": "usage-by-category"}, prepare=_want_chart),
                Variant("nothing", find_args=_nothing),
            ),
        )
    )
    registry.add_paper(PaperMaker("report", _("A report"), Permission.REPORT_VIEW, _papers))


def _grouped(_office: Any) -> dict[str, object]:
    from core.reports import Asked

    return {"name": "usage-by-item", "asked": Asked(group="category")}


def _ask_why(page: QWidget) -> None:
    from desktop.reports.report.page import ReportPage

    if isinstance(page, ReportPage) and page.body.table is not None:
        page.body.why.emit(page.body.table.row_at(0), "turns")


def _entries(office: Any) -> dict[str, object]:
    """The entries behind the largest figure of usage by category, of two items."""
    from core import reports

    page = office.ask(reports.get_report_page, name="usage-by-category", limit=1)
    narrow = reports.Asked(filters=(("category", (page.keys[0]["category_id"],)),))
    used = office.ask(reports.get_report_page, name="usage-by-item", asked=narrow, limit=2)
    items = [key["item_id"] for key in used.keys]
    asked = reports.Asked(filters=(("item", tuple(items)),))
    opened = reports.entries_behind(page.entry.behind, "value", page.keys[0], asked, page.span, office.site)
    return {} if opened is None else {"name": opened.report, "asked": opened.asked}


def _want_chart(page: QWidget) -> None:
    from desktop.reports.report.page import ReportPage

    if isinstance(page, ReportPage):
        page.body.want_chart(True)


def _nothing(_office: Any) -> dict[str, object]:
    from core.reports import Asked

    return {"name": "stock-on-hand", "asked": Asked(filters=(("text", ("no such thing",)),))}


def _page(context: AppContext, **args: Any) -> QWidget:
    from desktop.reports.report.page import ReportPage

    return ReportPage(context, **args)


def _papers(office: Any, language: Language) -> list[Paper]:
    from core.reports import Asked
    from desktop.reports.report.files import ReportSource

    return [ReportSource.of(office, "stock-value", Asked(), language)()]
