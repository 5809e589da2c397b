"""The list of devices: who sees them, who changes them, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import devices, identity
from core.devices import DeviceEdit, UsbIdentity, usb_identity
from core.devices.rules.addresses import clean_address
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, Refused
from core.identity import NewPerson, RoleGrant
from core.office import Office
from db.enums import DeviceKind, DeviceLink, Permission

SCANNER = DeviceEdit(
    kind=DeviceKind.SCANNER,
    name="收货台扫码枪",
    link=DeviceLink.SERIAL,
    address="USB:0C2E:0901:s123",
    settings={"baud": 9600},
    station="test",
)


def test_a_device_is_kept_and_found_again(office: Office) -> None:
    device_id = office.do(devices.save_device, new=SCANNER)
    row = office.ask(devices.get_device, device_id=device_id)
    assert row.address == "usb:0c2e:0901:s123"
    assert (row.name, row.settings, row.is_active, row.version) == ("收货台扫码枪", {"baud": 9600}, True, 1)
    assert office.ask(devices.list_devices) == (row,)
    assert office.ask(devices.list_devices, kind=DeviceKind.PRINTER) == ()


def test_devices_of_another_pc_are_listed_only_when_asked_for(office: Office) -> None:
    here = office.do(devices.save_device, new=SCANNER)
    there = office.do(devices.save_device, new=replace(SCANNER, station="other"))
    shared = office.do(devices.save_device, new=replace(SCANNER, name="共用", address="COM9", station=""))
    assert {row.device_id for row in office.ask(devices.list_devices)} == {here, shared}
    assert {row.device_id for row in office.ask(devices.list_devices, everywhere=True)} == {here, there, shared}


def test_a_retired_device_is_kept_and_comes_back_when_saved(office: Office) -> None:
    device_id = office.do(devices.save_device, new=SCANNER)
    office.do(devices.retire_device, device_id=device_id)
    with pytest.raises(Refused):
        office.do(devices.retire_device, device_id=device_id)
    assert office.ask(devices.list_devices) == ()
    assert [row.version for row in office.ask(devices.list_devices, with_retired=True)] == [2]
    office.do(devices.save_device, device_id=device_id, version=2, new=SCANNER, seen=SCANNER)
    assert [row.version for row in office.ask(devices.list_devices)] == [3]


def test_name_and_port_belong_to_one_device(office: Office) -> None:
    office.do(devices.save_device, new=SCANNER)
    with pytest.raises(InvalidInput) as name:
        office.do(devices.save_device, new=replace(SCANNER, address="COM4"))
    with pytest.raises(InvalidInput) as port:
        office.do(devices.save_device, new=replace(SCANNER, name="另一把", station=""))
    assert (name.value.field, port.value.field) == ("name", "address")


def test_edits_of_two_people_are_merged_by_field(office: Office) -> None:
    device_id = office.do(devices.save_device, new=SCANNER)
    seen = office.ask(devices.get_device, device_id=device_id).edit()
    office.do(devices.save_device, device_id=device_id, version=1, new=replace(seen, name="一号枪"), seen=seen)
    office.do(devices.save_device, device_id=device_id, version=1, new=replace(seen, address="COM3"), seen=seen)
    row = office.ask(devices.get_device, device_id=device_id)
    assert (row.name, row.address, row.version) == ("一号枪", "COM3", 3)
    with pytest.raises(Conflict) as caught:
        office.do(devices.save_device, device_id=device_id, version=1, new=replace(seen, name="二号枪"), seen=seen)
    assert caught.value.theirs == {"name": "一号枪"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"link": DeviceLink.QUEUE}, "link"),
        ({"address": ""}, "address"),
        ({"address": "usb:zz:1"}, "address"),
        ({"link": DeviceLink.TCP, "address": "printer:99999"}, "address"),
        ({"link": DeviceLink.HID, "address": "/dev/hidraw0"}, "address"),
        ({"settings": {"map": "x" * 30_000}}, "settings"),
        ({"settings": {"port": object()}}, "settings"),
        ({"protocol": "x" * 30}, "protocol"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(office: Office, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        office.do(devices.save_device, new=replace(SCANNER, **wrong))  # type: ignore[arg-type]
    assert caught.value.field == field


def test_everybody_sees_devices_and_few_set_them_up(office: Office) -> None:
    roles = {role.name_en: role for role in office.ask(identity.list_roles)}
    assert Permission.DEVICE_EDIT in roles["Manager"].permissions
    assert Permission.DEVICE_EDIT not in roles["Storekeeper"].permissions
    assert Permission.LABEL_PRINT in roles["Storekeeper"].permissions
    office.do(
        identity.add_person,
        new=NewPerson(name="小仓", password="correct horse", roles=(RoleGrant(roles["Storekeeper"].role_id),)),
    )
    device_id = office.do(devices.save_device, new=SCANNER)
    office.sign_out()
    office.sign_in("小仓", "correct horse")
    assert office.ask(devices.get_device, device_id=device_id).name == SCANNER.name
    with pytest.raises(NotAllowed):
        office.do(devices.retire_device, device_id=device_id)
    with pytest.raises(NotFound):
        office.ask(devices.get_device, device_id=999)


def test_an_identity_fits_what_it_says_and_nothing_else() -> None:
    twin = UsbIdentity(0x1A86, 0x7523, "", "1-1.2")
    assert usb_identity(str(twin)) == twin
    assert usb_identity("usb:1a86:7523") == UsbIdentity(0x1A86, 0x7523)
    assert UsbIdentity(0x1A86, 0x7523).fits(twin)
    assert not twin.fits(UsbIdentity(0x1A86, 0x7523, "", "1-1.3"))
    assert not UsbIdentity(0x0C2E, 0x0901, "A").fits(UsbIdentity(0x0C2E, 0x0901, "B"))
    assert usb_identity("COM3") is None


def test_addresses_are_kept_in_one_form() -> None:
    assert clean_address(DeviceLink.WEDGE, " ") == ""
    assert clean_address(DeviceLink.FILE, "labels.zpl") == "labels.zpl"
    assert clean_address(DeviceLink.TCP, "192.168.1.50") == "192.168.1.50"
    assert devices.host_and_port("192.168.1.50") == ("192.168.1.50", 9100)
    assert devices.host_and_port("[::1]:9101") == ("::1", 9101)
    assert devices.host_and_port("a b") is None
