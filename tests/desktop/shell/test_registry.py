"""What domains bring, and what a slip there says."""

from __future__ import annotations

import pytest

from core.i18n import _
from desktop.domains import full_registry
from desktop.shell import Page, Place, ShellRegistry
from desktop.shell.places import standard_registry
from tests.desktop.shell.conftest import page_factory


def test_there_are_ten_places_in_the_order_of_the_rail() -> None:
    assert [place.id for place in standard_registry().places] == [
        "today",
        "stock",
        "purchasing",
        "kitchen",
        "orders",
        "roster",
        "repairs",
        "month_end",
        "reports",
        "settings",
    ]


def test_a_route_is_given_once() -> None:
    registry = standard_registry()
    page = Page("stock.on_hand", _("Stock"), "stock", None, page_factory(_("Stock")))
    registry.add_page(page)
    with pytest.raises(ValueError, match=r"stock\.on_hand is registered twice"):
        registry.add_page(page)


def test_a_page_needs_its_place() -> None:
    registry = ShellRegistry()
    with pytest.raises(ValueError, match="no place cellar"):
        registry.add_page(Page("cellar.wine", _("Stock"), "cellar", None, page_factory(_("Stock"))))
    registry.add_place(Place("cellar", _("Stock"), "stock", 5))
    registry.add_page(Page("cellar.wine", _("Stock"), "cellar", None, page_factory(_("Stock"))))


def test_pages_come_by_place_and_order(registry: ShellRegistry) -> None:
    routes = [page.route for page in registry.pages]
    assert routes == ["today.home", "stock.on_hand", "stock.count", "settings.people"]


def test_the_domains_of_this_program_fit_together() -> None:
    registry = full_registry()
    routes = [page.route for page in registry.pages]
    assert len(routes) == len(set(routes))
    keys = [action.key for action in registry.actions if action.key]
    assert len(keys) == len(set(keys)), "two actions share a key"
