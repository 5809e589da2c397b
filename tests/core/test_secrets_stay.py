"""No password, PIN or database password stands in a log, an error or a crash report, whatever goes wrong."""

from __future__ import annotations

import logging
import traceback

import pytest
from sqlalchemy import insert

from core import identity
from core.errors import SignInFailed, Unavailable
from core.logs import without_secrets
from core.office import Office
from db.identity import Person
from db.journal import Journal
from tests.helpers.sites import ADMIN, PASSWORD

SECRETS = ("wrong-pass-4711", "new-pass-4712-long", "924711", "db-pass-4713", PASSWORD)
ADDRESS = f"postgresql://steward:{SECRETS[3]}@127.0.0.1:9/nothing"


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def check_no_secret(words: str) -> None:
    found = [secret for secret in SECRETS if secret in words]
    assert not found, found


@pytest.mark.log_warnings_expected
def test_signing_in_and_new_passwords_leave_no_trace(office: Office, written: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SignInFailed) as caught:
        office.sign_in(ADMIN, "wrong-pass-4711")
    office.sign_in(ADMIN, PASSWORD)
    office.do(identity.set_own_password, old_password=PASSWORD, new_password="new-pass-4712-long")
    office.do(identity.set_own_pin, password="new-pass-4712-long", new_pin="924711")
    check_no_secret(written.text + str(caught.value))
    with office._reader.begin() as sql:
        rows = sql.execute(Journal.__table__.select()).all()
    check_no_secret(str(rows))


@pytest.mark.log_warnings_expected
def test_an_address_that_does_not_answer_hides_its_password(written: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Unavailable) as caught:
        Office.open(ADDRESS)
    report = "".join(traceback.format_exception(caught.value))
    check_no_secret(written.text)
    check_no_secret(report)
    check_no_secret(without_secrets(f"could not open {ADDRESS}"))


def test_an_error_of_the_database_does_not_say_what_was_stored(office: Office) -> None:
    row = {"name": ADMIN, "kind": "human", "password_hash": "db-pass-4713", "created_at": office.clock.now()}
    with pytest.raises(Exception, match="INSERT INTO person") as caught, office._writer.begin() as sql:
        sql.execute(insert(Person).values(**row))
    check_no_secret("".join(traceback.format_exception(caught.value)))
