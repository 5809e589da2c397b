"""Built-in roles of a site made before there were devices get the rights for them, and lose them on the way down."""

from __future__ import annotations

import json

from sqlalchemy import column, select, table, update

from core import identity
from core.office import Office
from db.engine import open_engine, url_of
from db.migrate import downgrade, upgrade

ROLE = table("role", column("code"), column("permissions"), column("is_built_in"))
NEW = {"label.print", "label.design", "device.edit"}


def _rights(engine: object) -> dict[str, set[str]]:
    with engine.connect() as sql:  # type: ignore[attr-defined]
        return {row.code: set(json.loads(row.permissions)) for row in sql.execute(select(ROLE))}


def test_roles_of_an_older_site_get_the_rights_for_devices(office: Office, site_url: str) -> None:
    own = office.do(identity.create_role, new=identity.RoleEdit("甲", "A", ()))
    office.close()
    assert own
    engine = open_engine(url_of(site_url))
    fresh = _rights(engine)
    with engine.begin() as sql:
        sql.execute(update(ROLE).where(ROLE.c.code == "buyer").values(permissions='["stock.view", "label.print"]'))
    downgrade(engine, "0009")
    assert not any(rights & NEW for rights in _rights(engine).values())
    upgrade(engine)
    again = _rights(engine)
    assert again["buyer"] & NEW == {"label.print"}, "an older right of the same name stays one"
    assert {code: rights for code, rights in again.items() if code != "buyer"} == {
        code: rights for code, rights in fresh.items() if code != "buyer"
    }
    engine.dispose()
