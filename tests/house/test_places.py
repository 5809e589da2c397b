"""What may stand in one place only (ARCHITECTURE.md, rule 3)."""

from __future__ import annotations

import ast

from tests.house.tree import Source, calls, dotted_name, imports, name_of, sources, told

FLOORS = ("core", "db", "desktop")
THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread", "QThreadPool", "QRunnable"}
THREADS_STAND_IN = ("desktop/ops.py", "db/notify.py", "core/devices/")
SPEAKS = {
    "socket",
    "ssl",
    "smtplib",
    "http",
    "ftplib",
    "imaplib",
    "poplib",
    "socketserver",
    "xmlrpc",
    "requests",
    "httpx",
}
SPEAKS_IN = ("core/alerts/sending/", "core/devices/", "core/mail/sending/", "core/office.py")
PC_CLOCK = {
    f"{kind}.{verb}"
    for kind, verbs in {
        "datetime": ("now", "today", "utcnow"),
        "date": ("today",),
        "time": ("time", "localtime", "gmtime", "time_ns"),
        "QDate": ("currentDate",),
        "QTime": ("currentTime",),
        "QDateTime": ("currentDateTime", "currentDateTimeUtc"),
        "func": ("now", "current_timestamp", "current_date", "localtimestamp"),
    }.items()
    for verb in verbs
}


def _calls_outside(places: tuple[str, ...]) -> list[tuple[Source, ast.Call]]:
    outside = [source for source in sources(*FLOORS) if not source.name.startswith(places)]
    return [(source, call) for source in outside for call in calls(source)]


def test_only_the_office_commits() -> None:
    wrong = [
        source.at(call, f"{name_of(call)}()")
        for source, call in _calls_outside(("core/office.py",))
        if isinstance(call.func, ast.Attribute) and name_of(call) in ("commit", "rollback")
    ]
    assert not wrong, told(wrong)


def test_threads_stand_where_they_are_looked_after() -> None:
    wrong = [
        source.at(call, f"starts {name_of(call)}")
        for source, call in _calls_outside(THREADS_STAND_IN)
        if name_of(call) in THREADS
    ]
    for source in sources(*FLOORS):
        if source.name.startswith(THREADS_STAND_IN):
            continue
        bases = [base for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef) for base in node.bases]
        wrong += [source.at(base, f"derives from {name_of(base)}") for base in bases if name_of(base) in THREADS]
        wrong += [
            source.at(one.node, f"imports {one.target}")
            for one in imports(source)
            if one.target.split(".")[0] in ("concurrent", "multiprocessing", "asyncio", "_thread")
        ]
    assert not wrong, told(wrong)


def test_the_world_is_spoken_to_where_it_is_looked_after() -> None:
    """Devices, mail servers, receivers of alerts; the office asks this PC for its name."""
    wrong = [
        source.at(one.node, f"imports {one.target}")
        for source in sources(*FLOORS)
        if not source.name.startswith(SPEAKS_IN)
        for one in imports(source)
        if one.target.split(".")[0] in SPEAKS or one.target.startswith("urllib.request")
    ]
    assert not wrong, told(wrong)


def test_only_the_clock_asks_what_time_it_is() -> None:
    wrong = [
        source.at(call, f"{dotted_name(call.func)}()")
        for source, call in _calls_outside(("core/clock.py",))
        if ".".join(dotted_name(call.func).split(".")[-2:]) in PC_CLOCK
    ]
    assert not wrong, told(wrong)


def test_sql_as_text_stands_in_db() -> None:
    wrong = []
    for source in sources("core", "desktop"):
        if any(
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.split(".")[0] == "sqlalchemy"
            and any(alias.name == "text" for alias in node.names)
            for node in ast.walk(source.tree)
        ):
            wrong.append(f"{source.name} imports sqlalchemy's text")
        wrong += [
            source.at(call, dotted_name(call.func))
            for call in calls(source)
            if dotted_name(call.func) in ("sqlalchemy.text", "sa.text")
        ]
    assert not wrong, told(wrong)


def test_nobody_swallows_every_error() -> None:
    wrong = []
    for source in sources(*FLOORS):
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            catches_all = node.type is None or name_of(node.type) in ("Exception", "BaseException")
            if catches_all and all(isinstance(step, ast.Pass) for step in node.body):
                wrong.append(source.at(node, "except: pass"))
    assert not wrong, told(wrong)
