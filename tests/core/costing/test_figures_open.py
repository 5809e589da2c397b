"""Every figure of a month's review opens, while the month runs too: parts and entries sum to it to the minor unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core import costing
from core.costing import Against, Figure, FigureKey
from core.office import Office

MARCH = "2026-03"
"""The month that runs."""
WITHOUT_ENTRIES = {FigureKey.BUDGET, FigureKey.ESTIMATE}


def _sum(office: Office, query: Any, figure: Figure) -> Decimal:
    found = office.ask(query, figure=figure, limit=100_000)
    return sum((one.amount for one in found), Decimal(0))


@pytest.mark.parametrize("against", list(Against))
def test_what_the_running_month_is_compared_with_opens(sample_office: Office, against: Against) -> None:
    review = sample_office.ask(costing.get_month_review, month=MARCH, against=against)
    plan = review.bridge.amount(costing.BridgePart.PLAN)
    figure = Figure(FigureKey.BEFORE, MARCH, against)
    parts = sample_office.ask(costing.list_figure_parts, figure=figure, limit=100_000)
    assert sum((part.amount for part in parts), Decimal(0)) == review.bridge.start + plan
    assert _sum(sample_office, costing.list_figure_entries, figure) == review.bridge.start + plan
    for part in parts[:2]:
        assert part.figure is not None
        assert _sum(sample_office, costing.list_figure_entries, part.figure) == part.amount


def test_every_figure_of_the_running_month_opens_by_parts_and_by_entries(sample_office: Office) -> None:
    review = sample_office.ask(costing.get_month_review, month=MARCH)
    said = {figure.key: figure.amount for figure in review.figures}
    for key in (key for key in FigureKey if key not in WITHOUT_ENTRIES):
        figure = Figure(key, MARCH, days=90 if key is FigureKey.DEAD else None)
        parts = _sum(sample_office, costing.list_figure_parts, figure)
        if key is FigureKey.DEAD:
            assert parts == sum((band.value for band in review.dead.bands), Decimal(0))
        else:
            assert _sum(sample_office, costing.list_figure_entries, figure) == parts == said.get(key, parts), key


def test_every_figure_of_the_written_summary_opens_into_what_it_says(sample_office: Office) -> None:
    review = sample_office.ask(costing.get_month_review, month=MARCH)
    figures = {replace(figure, percent=None) for one in review.summary for figure in one.figures}
    wanted = [one for one in figures if one.amount is not None and one.key not in {*WITHOUT_ENTRIES, FigureKey.DEAD}]
    assert wanted
    for figure in wanted:
        assert _sum(sample_office, costing.list_figure_entries, figure) == figure.amount, figure
