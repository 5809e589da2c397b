"""A mail server of our own on this PC: it takes mail, or misbehaves as it was told to."""

from __future__ import annotations

import base64
import socket
from dataclasses import dataclass, field

from tests.helpers.servers import CLOSE, HANG, PcServer, running

__all__ = ["CLOSE", "HANG", "MailServer", "running"]


@dataclass
class MailServer(PcServer):
    """`answers` by verb (or `connect`, `body`) replaces the usual answer: a line of the server, HANG or CLOSE.
    An address of `unknown` is refused. With `certificate` it offers STARTTLS, with `is_ssl` it speaks SSL at once."""

    answers: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ("SIZE 20000000", "AUTH PLAIN LOGIN")
    is_ssl: bool = False
    mails: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def speaks_tls(self) -> bool:
        return self.is_ssl

    def talk(self, connection: socket.socket) -> None:
        """One conversation by SMTP."""
        with connection, connection.makefile("rb") as lines:
            if not self._answer(connection, "connect", "220 mail.test ready"):
                return
            for line in lines:
                command = line.decode("ascii", "replace").strip()
                verb = command.partition(" ")[0].upper()
                self.commands.append(command)
                if verb == "DATA":
                    goes_on = self._answer(connection, "DATA", "354 go on") and self._take_mail(connection, lines)
                elif verb == "STARTTLS":
                    goes_on = self._answer(connection, verb, "220 go on")
                    if goes_on and verb not in self.answers:
                        self._talk_on(connection)
                        return
                else:
                    goes_on = self._answer(connection, verb, self._usual(verb, command))
                if not goes_on or verb == "QUIT":
                    return

    def _talk_on(self, connection: socket.socket) -> None:
        self.answers["connect"] = ""
        self.extensions = tuple(one for one in self.extensions if one != "STARTTLS")
        self.talk(self.wrapped(connection))

    def _usual(self, verb: str, command: str) -> str:
        if verb == "EHLO":
            return "\r\n".join(["250-mail.test", *(f"250-{one}" for one in self.extensions), "250 HELP"])
        if verb == "AUTH":
            told = base64.b64decode(command.split()[2]).decode() if len(command.split()) == 3 else ""
            return "235 in" if told.endswith("\0right") else "535 5.7.8 wrong password"
        if verb == "RCPT" and any(one in command for one in self.unknown):
            return "550 5.1.1 no such mailbox"
        return "221 bye" if verb == "QUIT" else "250 ok"

    def _take_mail(self, connection: socket.socket, lines: object) -> bool:
        found = b""
        for line in lines:  # type: ignore[attr-defined]
            if line == b".\r\n":
                break
            found += line[1:] if line.startswith(b".") else line
        else:
            return False
        if self.answers.get("body", "250").startswith("250"):
            self.mails.append(found)
        return self._answer(connection, "body", "250 2.0.0 queued as 4711")

    def _answer(self, connection: socket.socket, verb: str, usual: str) -> bool:
        said = self.answers.get(verb, usual)
        if said == HANG:
            self.hang()
            return False
        if said == CLOSE:
            return False
        if said:
            connection.sendall(said.encode() + b"\r\n")
        return True
