"""A printer of the operating system: labels go as raw jobs into its queue. Accepted is not printed, and nothing comes back."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import Any

from core.devices.links.base import Link
from core.devices.types.printers import LinkFault
from core.i18n import _

SECONDS = 30
TITLE = "Steward labels"


class QueueLink(Link):
    """Gathers what is written and hands it to the queue in one job at each `flush`."""

    answers = False

    def __init__(self, queue: str, name: str) -> None:
        super().__init__(name)
        self._queue = queue
        self._gathered = bytearray()

    def flush(self) -> None:
        if self._gathered:
            data, self._gathered = bytes(self._gathered), bytearray()
            (_send_windows if sys.platform == "win32" else _send_cups)(self._queue, data, self.name)

    def _send(self, data: memoryview, seconds: float) -> int:
        self._gathered += data
        return len(data)


def _refused(name: str, why: str) -> LinkFault:
    return LinkFault(
        _("The print queue of {printer} took no job: {why}", printer=name, why=why[:200] or "?"), "refused"
    )


def _send_cups(queue: str, data: bytes, name: str) -> None:
    """`lp` hands the job over; `-o raw` keeps the system from changing it. `--` ends the options before the file."""
    command = ["lp", "-d", queue, "-o", "raw", "-t", TITLE, "--", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except FileNotFoundError as fault:
        raise _refused(name, "lp (CUPS)") from fault
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise _refused(name, str(fault)) from fault
    if done.returncode:
        raise _refused(name, done.stderr.decode("utf-8", "replace").strip())


class _Document(ctypes.Structure):
    """DOC_INFO_1W of the Windows spooler."""

    _fields_ = (("name", ctypes.c_wchar_p), ("output", ctypes.c_wchar_p), ("datatype", ctypes.c_wchar_p))


def _send_windows(queue: str, data: bytes, name: str) -> None:
    """One RAW document through winspool.drv. Written by the documentation of the spooler; not tried on Windows."""
    spooler = _winspool()
    printer = ctypes.c_void_p()
    if not spooler.OpenPrinterW(queue, ctypes.byref(printer), None):
        raise _refused(name, _windows_error())
    try:
        document = _Document(TITLE, None, "RAW")
        if not spooler.StartDocPrinterW(printer, 1, ctypes.byref(document)):
            raise _refused(name, _windows_error())
        written = ctypes.c_uint32()
        is_sent = spooler.WritePrinter(printer, data, len(data), ctypes.byref(written)) and written.value == len(data)
        why = "" if is_sent else _windows_error()
        is_ended = spooler.EndDocPrinter(printer)
        if not is_sent or not is_ended:
            raise _refused(name, why or _windows_error())
    finally:
        spooler.ClosePrinter(printer)


def _winspool() -> Any:
    """The spooler's functions with the types of their arguments, so that handles keep their 64 bits."""
    load: Any = ctypes
    spooler = load.WinDLL("winspool.drv", use_last_error=True)
    handle, pointer = ctypes.c_void_p, ctypes.c_void_p
    for function, arguments in {
        "OpenPrinterW": (ctypes.c_wchar_p, pointer, pointer),
        "StartDocPrinterW": (handle, ctypes.c_uint32, pointer),
        "WritePrinter": (handle, ctypes.c_char_p, ctypes.c_uint32, pointer),
        "EndDocPrinter": (handle,),
        "ClosePrinter": (handle,),
    }.items():
        getattr(spooler, function).argtypes = arguments
        getattr(spooler, function).restype = ctypes.c_uint32
    return spooler


def _windows_error() -> str:
    system: Any = ctypes
    return str(system.WinError(system.get_last_error()))
