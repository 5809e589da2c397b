"""`steward alerts`: what a schedule runs to look and to tell."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from core import alerts
from core.cli import main
from core.office import Office
from db.enums import AlertKind, ChannelKind
from tests.core.alerts.makers import channel, only, receive, short_item
from tests.helpers.http_server import WebServer, running

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site(sqlite_site: str) -> str:
    return sqlite_site


@pytest.fixture
def opened(site: str) -> Office:
    office = Office.open(site, station="test")
    office.sign_in_as_system()
    return office


@pytest.fixture
def steward(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], site: str) -> Run:
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")

    def run(*arguments: object, language: str = "en") -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = main(["alerts", *map(str, arguments), "--site", site, "--language", language])
        sys.stdout.flush()
        told = capfdbinary.readouterr()
        return code, told.out.decode(), told.err.decode()

    return run


def test_looking_listing_and_telling(opened: Office, steward: Run) -> None:
    with running(WebServer()) as server, opened:
        channel_id = channel(opened, server)
        only(opened, AlertKind.BELOW_SAFETY, channels=(channel_id,))
        item_id = short_item(opened)
        assert steward("check") == (0, "", "1 new alert.\n0 alerts are over.\n1 alert lasts.\n")
        code, out, _err = steward("list")
        assert code == 0 and out.split("\t")[1:3] == ["Urgent", "At or below safety stock"] and "3 kg" in out
        assert "紧急" in steward("list", language="zh")[1]
        facts = json.loads(steward("list", "--json")[1])
        assert facts[0]["subject"] == f"item {item_id}" and facts[0]["state"] == "open"
        assert steward("send") == (0, "", "1 message sent.\n")
        assert json.loads(steward("send", "--json")[1]) == {
            "sent": 0, "later": 0, "refused": 0, "unsure": 0, "stranded": 0, "need_person": 0, "troubles": [],
        }  # fmt: skip
        receive(opened, [item_id], "50")
        assert json.loads(steward("check", "--json")[1])["closed"] == 1
        assert steward("list")[1] == "" and "At or below" in steward("list", "--state", "closed")[1]
    assert len(server.heard) == 1


def test_trouble_is_told_by_the_exit_code(opened: Office, steward: Run) -> None:
    with opened:
        channel_id = channel(opened, None)
        only(opened, AlertKind.BELOW_SAFETY, channels=(channel_id,))
        short_item(opened)
        alerts.look_for_alerts(opened)
        code, _out, err = steward("send")
        assert code == 2 and "does not know address or secret" in err
        with running(WebServer((413, "too long"))) as server:
            key = opened.ask(alerts.list_channels)[0].key
            alerts.keep_channel_secret(ChannelKind.WEBHOOK, key, alerts.ChannelSecret(server.url))
            code, _out, err = steward("send")
        assert code == 2 and "1 message was refused." in err and "1 message needs a person." in err
        assert steward("send")[0] == 2, "until somebody says something"


def test_a_channel_is_tried(opened: Office, steward: Run) -> None:
    with running(WebServer()) as server, opened:
        channel(opened, server, name="Kitchen")
        assert steward("test", "--channel", "Kitchen") == (0, "", "The receiver has it.\n")
        server.answer = (404, "")
        code, out, _err = steward("test", "--channel", "Kitchen", "--json")
        assert code == 2 and json.loads(out)["outcome"] == "refused"


@pytest.mark.parametrize("arguments", [("sing",), ("list", "--state", "angry"), ("test", "--channel", "nobody")])
def test_what_cannot_be_done_is_said(steward: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = steward(*arguments)
    assert (code == 2 and out == "" and "Write one of" in err) or "There are" in err
