"""Labels: what is due to be printed, a shelf walk, jobs, layouts with their designer, label printers.

The pages stand in the place Stock and are imported when they are first opened, so that starting the program does not
wait for them. Jobs go on while other pages are on show.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, Text, _
from core.words import LabelSubject, Permission
from desktop.context import AppContext, Paper
from desktop.shell.registry import (
    Action,
    Chore,
    Page,
    PageFactory,
    PaperMaker,
    ShellRegistry,
    Thing,
    ThingAction,
    Variant,
)

__all__ = ["register"]

P = Permission
ROUTE = "labels"


def register(registry: ShellRegistry) -> None:
    """Bring the pages and actions of labels."""
    runs = _Later()
    registry.add_chore(Chore("labels.planned_prices", _carry_out))
    for page in _pages(runs):
        registry.add_page(page)
    registry.add_paper(PaperMaker("labels", _("Label layouts"), P.LABEL_PRINT, _examples("template_examples")))
    registry.add_paper(PaperMaker("label_sheets", _("Print on sheets"), P.LABEL_PRINT, _examples("sheet_examples")))
    for key, title, route, args, words in (
        ("labels.open", _("Labels to print"), ROUTE, {}, "label queue price tag 标签 价签 打印"),
        ("labels.add", _("Add labels"), ROUTE, {"subject": "shelf"}, "label print 标签 打印"),
        ("labels.walk", _("Shelf walk"), "labels.walk", {}, "check shelf labels 巡架 核对 价签"),
        ("labels.jobs", _("Label jobs"), "labels.jobs", {}, "label job history reprint 标签 任务 重印"),
        ("labels.layouts", _("Label layouts"), "labels.layouts", {}, "designer template 标签 版式 设计"),
        ("labels.printers", _("Label printers"), "labels.printers", {}, "printer 标签打印机"),
    ):
        registry.add_action(Action(key, title, P.LABEL_PRINT, _going(route, args), icon="barcode", words=words))
    for kind, subject, title in (
        ("item", LabelSubject.SHELF, _("Print a shelf label")), ("lot", LabelSubject.LOT, _("Print a lot label")),
        ("location", LabelSubject.LOCATION, _("Print a place label")),
    ):  # fmt: skip
        registry.add_thing_action(_thing_action(kind, subject, title))


class _Later:
    """The runs of jobs, made when they are first needed and kept for the whole window."""

    def __init__(self) -> None:
        self._made: Any = None

    def get(self) -> Any:
        """The runs."""
        if self._made is None:
            from desktop.labels.runs import LabelRuns

            self._made = LabelRuns()
        return self._made


def _pages(runs: _Later) -> tuple[Page, ...]:
    from desktop.labels import tour

    return (
        Page(
            ROUTE, _("Labels"), "stock", P.LABEL_PRINT, _page("queue_page", "QueuePage", runs), 46, icon="barcode",
            variants=(
                Variant("full", prepare=tour.fill_queue), Variant("add", {"subject": "shelf"}),
                Variant("receipt", find_args=tour.some_receipt), Variant("place", find_args=tour.some_place),
            ),
        ),
        Page(
            "labels.walk", _("Shelf walk"), "stock", P.LABEL_PRINT, _page("walk_page", "WalkPage"), 47, False, "scan",
            (Variant("begin"), Variant("scans", prepare=tour.walk)),
        ),
        Page(
            "labels.jobs", _("Label jobs"), "stock", P.LABEL_PRINT, _page("jobs_page", "JobsPage", runs), 47, False,
            "history", (Variant("job", find_args=tour.some_job), Variant("printed", {"part": "printed"})),
        ),
        Page(
            "labels.layouts", _("Label layouts"), "stock", P.LABEL_PRINT, _page("layouts_page", "LayoutsPage"), 48, False,
            "edit", (Variant("all"),),
        ),
        Page(
            "labels.design", _("Label designer"), "stock", P.LABEL_DESIGN, _page("designer_page", "DesignerPage"), 48,
            False, "edit",
            (Variant("shelf", find_args=tour.some_layout), Variant("error", find_args=tour.some_layout, prepare=tour.break_layout)),
        ),
        Page(
            "labels.printers", _("Label printers"), "stock", P.LABEL_PRINT, _page("printers_page", "PrintersPage", runs), 49,
            False, "print", (Variant("one", find_args=tour.some_printer), Variant("add", {"is_adding": True})),
        ),
    )  # fmt: skip


def _page(module: str, name: str, runs: _Later | None = None) -> PageFactory:
    def make(context: AppContext, **args: Any) -> QWidget:
        kind = getattr(importlib.import_module(f"desktop.labels.{module}"), name)
        page: QWidget = kind(context, *([runs.get()] if runs is not None else []), **args)
        return page

    return make


def _carry_out(context: AppContext, owner: QWidget) -> None:
    from desktop.labels.planned_prices import carry_out_hourly

    carry_out_hourly(context, owner)


def _examples(name: str) -> Callable[[Any, Language], list[Paper]]:
    def make(office: Any, language: Language) -> list[Paper]:
        from desktop.labels import papers

        found: list[Paper] = getattr(papers, name)(office, language)
        return found

    return make


def _going(route: str, args: dict[str, Any]) -> Callable[..., None]:
    return lambda context, **_more: context.shell.go(route, **args)


def _thing_action(kind: str, subject: LabelSubject, title: Text) -> ThingAction:
    def run(context: AppContext, thing: Thing, _scan: Any) -> None:
        context.shell.go(ROUTE, subject=str(subject), ids=(thing.id,))

    return ThingAction(f"labels.{kind}", frozenset({kind}), title, P.LABEL_PRINT, run, "barcode", 70)
