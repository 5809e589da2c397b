"""Reports by what people type: parts of the name in either language, pinyin, its initials; also in the palette."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core import reports
from core.i18n import Text
from core.reports import AREA_TITLES, ReportEntry
from desktop.context import AppContext
from desktop.shell.fuzzy import pinyin_names, score
from desktop.shell.registry import Found, Hit

MOST = 8
LEAST_FIT = 25.0
ABOUT_WEIGHT = 0.5


def fit(entry: ReportEntry, typed: str) -> float:
    """How well a report fits what was typed; 0 when it does not. What it answers counts half."""
    names = [*_names(entry.title), entry.name]
    about = [entry.about.render("zh"), entry.about.render("en"), *_names(AREA_TITLES[entry.area])]
    best = max(score(typed, names), ABOUT_WEIGHT * score(typed, about))
    return best if best >= LEAST_FIT else 0.0


def best_first(entries: Sequence[ReportEntry], typed: str) -> list[ReportEntry]:
    """The reports that fit, the best first; all in their order while nothing is typed."""
    if not typed.strip():
        return list(entries)
    scored = [(fit(entry, typed), entry) for entry in entries]
    return [entry for points, entry in sorted(scored, key=lambda one: -one[0]) if points]


def find_reports(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
    """Reports for the palette."""

    def take(entries: list[ReportEntry]) -> None:
        found([_hit(context, entry, text) for entry in best_first(entries, text)[:MOST]])

    context.ops.ask(owner, reports.list_reports, then=take, failed=lambda _error: found([]), key="reports.find")


def _hit(context: AppContext, entry: ReportEntry, text: str) -> Hit:
    return Hit(
        context.words(entry.title),
        lambda: context.shell.go("reports.report", name=entry.name),
        note=context.words(entry.about),
        icon="reports",
        group=context.words(AREA_TITLES[entry.area]),
        score=fit(entry, text) * 0.9,
    )


def _names(title: Text) -> list[str]:
    chinese = title.render("zh")
    return [chinese, title.render("en"), *pinyin_names(chinese)]
