"""Passwords of shared databases: in the keyring or nowhere."""

from __future__ import annotations

import pytest

from core import secrets

ADDRESS = "postgresql://wang@server:5433/books"


def test_a_password_is_kept_apart_from_its_address() -> None:
    assert secrets.remember_password("postgresql://wang:s3cret@server:5433/books", "s3cret")
    assert secrets.find_password(ADDRESS) == "s3cret"
    assert secrets.with_password(ADDRESS) == "postgresql://wang:s3cret@server:5433/books"
    secrets.forget_password(ADDRESS)
    assert secrets.find_password(ADDRESS) is None
    secrets.forget_password(ADDRESS)


def test_an_address_is_shown_without_its_password() -> None:
    assert secrets.without_password("postgresql://wang:s3cret@server:5433/books") == ADDRESS
    assert secrets.without_password("/srv/wang/books.steward") == "/srv/wang/books.steward"


def test_signs_in_a_password_do_not_break_the_address() -> None:
    assert secrets.with_password(ADDRESS, "a@b:c/d") == "postgresql://wang:a%40b%3Ac%2Fd@server:5433/books"


def test_a_file_has_no_password() -> None:
    assert secrets.with_password("/srv/wang/books.steward", "x") == "/srv/wang/books.steward"


def test_a_pc_without_a_keyring_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends import fail

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        assert not secrets.has_keyring()
        assert not secrets.remember_password(ADDRESS, "s3cret")
        assert secrets.find_password(ADDRESS) is None
        secrets.forget_password(ADDRESS)
    finally:
        keyring.set_keyring(before)


def test_an_address_is_made_of_its_parts() -> None:
    assert secrets.postgres_address("server", 5433, "books", "wang") == ADDRESS
