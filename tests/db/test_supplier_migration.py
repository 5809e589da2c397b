"""Suppliers and prices of a site that was there before currencies are in the site's own."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import text

from core import catalog
from core.catalog import NewItem, NewSupplier, NewTerm
from core.office import Office
from db.engine import open_engine, url_of
from db.migrate import downgrade, upgrade


def test_what_was_there_gets_the_currency_of_the_site(office: Office, site_url: str) -> None:
    supplier = office.do(catalog.create_supplier, supplier=NewSupplier("Farm", payment_days=45))
    terms = (NewTerm(supplier, price=Decimal(3)),)
    office.do(catalog.create_item, item=NewItem("大米", "kg", terms=terms))
    office.close()
    engine = open_engine(url_of(site_url))
    downgrade(engine, "0012")
    with engine.begin() as sql:
        sql.execute(text("UPDATE site SET currency = 'EUR'"))
    upgrade(engine, "0013")
    with engine.connect() as sql:
        told = sql.execute(text("SELECT currency, payment_days, price_jump_percent, match_percent FROM supplier")).one()
        assert tuple(told) == ("EUR", 30, 20_000_000, 2_000_000)
        assert sql.execute(text("SELECT currency FROM price_history")).scalars().all() == ["EUR"]
    engine.dispose()
