"""Who works at the sample site and how they sign in. The secrets are printed in the README: they guard nothing real."""

from __future__ import annotations

from dataclasses import dataclass

from core import identity
from core.clock import Clock
from core.identity import NewPerson, RoleGrant
from core.office import Office

SITE_NAME = "望江小馆"
SITE_NAME_EN = "Riverside Kitchen"
ADMIN_NAME = "陈思远"
ADMIN_PASSWORD = "riverside"
SAMPLE_PIN = "2580"


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """Somebody of the staff; `station` is the PC they work at."""

    role: str
    name: str
    station: str
    badge: str = ""
    note: str = ""


ADMINISTRATOR = PersonSpec("administrator", ADMIN_NAME, "办公室 Office", note="管理员 / administrator")
STAFF = (
    PersonSpec("manager", "林晓芸", "办公室 Office", "WJ-0001", "店长 / manager"),
    PersonSpec("kitchen", "王建国", "厨房 Kitchen", "WJ-0002", "厨师长 / head chef"),
    PersonSpec("storekeeper", "周海", "收货台 Receiving", "WJ-0003", "仓管 / storekeeper"),
    PersonSpec("operator", "李娜", "吧台 Bar", "WJ-0004", "后台文员 / back office"),
    PersonSpec("buyer", "吴敏", "办公室 Office", "WJ-0005", "采购 / buyer"),
    PersonSpec("accountant", "赵静", "办公室 Office", "WJ-0006", "财务 / cost reviewer"),
    PersonSpec("technician", "孙强", "办公室 Office", "WJ-0007", "维修技师 / technician"),
)


# Who posts something in the history.
AT_WORK = ("manager", "kitchen", "storekeeper", "operator", "buyer", "accountant")


class Crew:
    """The people at their PCs, one open office each, all on the same clock."""

    def __init__(self, site: str, clock: Clock) -> None:
        self._site, self._clock = site, clock
        self._offices: dict[str, Office] = {}
        admin = self._seat(ADMINISTRATOR)
        admin.sign_in(ADMIN_NAME, ADMIN_PASSWORD)

    def hire(self) -> None:
        """Add the staff with their roles; those who post sign in."""
        admin = self["administrator"]
        roles = {row.name: row.role_id for row in admin.ask(identity.list_roles)}
        admin.do(identity.set_own_pin, password=ADMIN_PASSWORD, new_pin=SAMPLE_PIN)
        for person in STAFF:
            role = roles[identity.BUILT_IN_ROLES[person.role][0]]
            new = NewPerson(person.name, note=person.note, pin=SAMPLE_PIN, badge=person.badge, roles=(RoleGrant(role),))
            admin.do(identity.add_person, new=new)
            if person.role in AT_WORK:
                self._seat(person).sign_in_with_pin(person.name, SAMPLE_PIN)

    def __getitem__(self, role: str) -> Office:
        """The office of who has a role."""
        return self._offices[role]

    def close(self) -> None:
        """Everybody goes home."""
        for office in self._offices.values():
            office.close()

    def _seat(self, person: PersonSpec) -> Office:
        office = Office.open(self._site, station=person.station, clock=self._clock)
        self._offices[person.role] = office
        return office
