"""Month-end and Today on the large sample: the checklist, the pack, the pivot and the page Today, against their goals."""

from __future__ import annotations

from core import costing, documents, reports
from core.costing.rules.months import Month
from core.office import Office
from core.reports import PivotAsked
from tests.bench.asking import figure_of
from tests.bench.figures import Figure
from tests.bench.large import large_sample


def run() -> list[Figure]:
    """Each question in processor time, beside its own statements sent by the driver alone."""
    site = large_sample()
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        month = Month.of(office.clock.now().date()).before.text
        pivot = PivotAsked("movements", rows=("category",), columns=("month",), measures=("value",))

        def pack() -> object:
            return documents.render_pdf(office.ask(costing.get_month_pack, month=month, language="zh"), "zh")

        questions = (
            ("Today", lambda: office.ask(reports.get_today), 500.0),
            (f"checks of {month}", lambda: office.ask(costing.list_month_checks, month=month), 500.0),
            (f"review of {month}", lambda: office.ask(costing.get_month_review, month=month), 2_000.0),
            (f"pack of {month} as PDF", pack, 10_000.0),
            ("pivot category by month", lambda: office.ask(reports.get_pivot, asked=pivot), 3_000.0),
        )
        return [figure_of(name, office, site, ask, goal) for name, ask, goal in questions]
