"""A shared database opens with the password that the keyring keeps, also by its saved name and from the command line."""

from __future__ import annotations

import keyring
import pytest
from keyring.backends import fail

from core.secrets import forget_password, remember_password
from core.sites import locate, save_site

ADDRESS = "postgresql://steward@db.example:5432/kitchen"


def test_the_keyring_gives_the_password_of_a_saved_site() -> None:
    save_site("Kitchen", ADDRESS)
    assert locate("Kitchen").password is None
    remember_password(ADDRESS, "p@ss/word")
    assert locate("Kitchen").password == "p@ss/word"
    assert locate(ADDRESS).password == "p@ss/word"
    forget_password(ADDRESS)
    assert locate("Kitchen").password is None


def test_a_password_in_the_address_stays() -> None:
    assert locate("postgresql://steward:own@db.example/kitchen").password == "own"


def test_a_pc_without_keyring_opens_without_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    monkeypatch.setattr(keyring, "get_password", fail.Keyring().get_password)  # type: ignore[no-untyped-call]
    assert locate(ADDRESS).password is None
