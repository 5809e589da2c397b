"""A keyring that forgets: named by PYTHON_KEYRING_BACKEND, so that no test ever meets a person's own."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

kept: dict[tuple[str, str], str] = {}


class MemoryKeyring(KeyringBackend):
    """Keeps secrets until the test is over."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)
