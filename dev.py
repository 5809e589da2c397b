#!/usr/bin/env python3
"""Sets this checkout up and runs it; standard library only.  python3 dev.py run|test|check|bench|demo|tour|lock

run    opens Steward (without a display: the tour)      test   every test, on SQLite and on PostgreSQL
check  lint, types, imports, then the tests             bench  the benchmarks' figures
demo   a large sample site in build/demo-large.db       tour   every page and paper as a picture in build/tour/
lock   writes requirements.lock anew (needs uv)
Whatever stands after the command is handed on to the program it starts.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "steward.stamp"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PY = SCRIPTS / ("python.exe" if WINDOWS else "python")
OLDEST, NEWEST = (3, 11), (3, 14)

# What PySide6 loads and the Debian package it lies in: what Qt needs in any case, and what a window on X needs besides.
ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
ON_SCREEN = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}

# Run by the environment's own Python: does it hold exactly what the lock asks for on this machine?
FITS = """
import sys
from importlib.metadata import PackageNotFoundError, version
from packaging.requirements import Requirement
assert (3, 11) <= sys.version_info[:2] <= (3, 14)
for line in open(sys.argv[1], encoding="utf-8"):
    if line[:1].isalnum():
        wanted = Requirement(line.rstrip().rstrip(chr(92)))
        if wanted.marker is None or wanted.marker.evaluate():
            assert wanted.specifier.contains(version(wanted.name), prereleases=True)
"""

# Not its script in .venv, which holds the place where the checkout was when it was set up.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

LAUNCHER = "import sys\n\nfrom core.cli import main\n\nsys.exit(main())\n"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def run(*command: str | Path, **more: str) -> int:
    """Runs a program in the checkout, with `more` in its environment, and returns its exit code."""
    try:
        code = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **more}).returncode
    except KeyboardInterrupt:
        return 130
    return code if code >= 0 else 128 - code


def quiet(*command: str | Path) -> bool:
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, stdin=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


# ---------------------------------------------------------------------------------------------- system packages


def has_display() -> bool:
    """Whether a window would be seen; Qt may have been told to draw it nowhere."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.startswith(("offscreen", "minimal")):
        return False
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform != "linux" or bool(platform or shown)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages() -> tuple[list[str], list[str]]:
    """System packages that this machine needs, and those that would be good to have for a window later."""
    if sys.platform != "linux":
        return [], []
    installer = [] if is_ready() or shutil.which("uv") or has("pip") or has("ensurepip") else ["python3-venv"]
    always = [package for library, package in ALWAYS.items() if not loads(library)]
    on_screen = [package for library, package in ON_SCREEN.items() if not loads(library)]
    return (installer + always + on_screen, []) if has_display() else (installer + always, on_screen)


def apt_prefix() -> list[str] | None:
    """What stands before apt-get so that it may install; None when this user may not."""
    if sys.platform == "win32" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") and quiet("sudo", "-n", "true") else None


def apt_install(packages: list[str]) -> bool:
    prefix = apt_prefix()
    if prefix is None:
        return False
    say("Installing system packages: " + " ".join(packages))
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    quiet(*command, "update")
    done = subprocess.run(
        [*command, "install", "-y", "--no-install-recommends", *packages],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0


def ask_for(packages: list[str]) -> None:
    """Ends with the one line that somebody with the right has to run."""
    line = "sudo apt-get install -y --no-install-recommends " + " ".join(packages)
    sys.exit(f"Some system packages are missing. Please run once (names as in Debian and Ubuntu):\n\n    {line}\n")


def system_packages() -> None:
    needed, useful = missing_packages()
    if (needed or useful) and not apt_install(needed + useful) and needed:
        ask_for(needed + useful)
    importlib.invalidate_caches()


# ---------------------------------------------------------------------------------------------- the environment


def stamp() -> str:
    """Changes when the lock, the place of the checkout or the Python behind the environment changes."""
    facts = [hashlib.sha256(LOCK.read_bytes()).hexdigest(), str(ROOT), os.path.realpath(PY), LAUNCHER]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def is_ready() -> bool:
    return PY.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp()


def has(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def make_venv(with_pip: bool) -> None:
    try:
        venv.create(VENV, with_pip=with_pip, clear=VENV.exists(), symlinks=not WINDOWS)
    except OSError as fault:
        sys.exit(f"{VENV} cannot be made anew ({fault}). Close every program that runs from it, then try again.")


def install_with_uv() -> bool:
    if not shutil.which("uv"):
        return False
    make_venv(with_pip=False)
    if run("uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PY, LOCK) == 0:
        return True
    say("uv could not install the packages; trying pip.")
    return False


def install_with_pip() -> bool | None:
    """True or False: pip did or did not install everything. None: this Python has neither pip nor ensurepip."""
    options = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "-r", str(LOCK)]
    if has("pip"):
        make_venv(with_pip=False)
        return run(sys.executable, "-m", "pip", "--python", PY, *options, PIP_ROOT_USER_ACTION="ignore") == 0
    if has("ensurepip"):
        make_venv(with_pip=True)
        return run(PY, "-m", "pip", *options, PIP_ROOT_USER_ACTION="ignore") == 0
    return None


def install_packages() -> None:
    say("Setting up .venv from requirements.lock; this happens once and takes a minute or two.")
    if install_with_uv():
        return
    done = install_with_pip()
    if done is None and apt_install(["python3-pip"]):
        importlib.invalidate_caches()
        done = install_with_pip()
    if done is None:
        ask_for(["python3-venv"])
    if not done:
        sys.exit("The packages could not be installed; the reason stands above. Then run the same command again.")


def write_entry_points() -> None:
    """Makes the checkout importable in its environment and puts the `steward` command beside its Python."""
    site_packages = next(VENV.glob("Lib/site-packages" if WINDOWS else "lib/python3*/site-packages"))
    # A .pth file is read in the locale's encoding before Python 3.13, so another path than plain ASCII goes in escaped.
    line = str(ROOT) if str(ROOT).isascii() else f"import sys; sys.path.append({str(ROOT)!a})"
    (site_packages / "steward.pth").write_text(line + "\n", encoding="ascii")
    if WINDOWS:
        (SCRIPTS / "steward-launcher.py").write_text(LAUNCHER, encoding="utf-8")
        command = '@"%~dp0python.exe" "%~dp0steward-launcher.py" %*\r\n'
        (SCRIPTS / "steward.cmd").write_text(command, encoding="ascii", newline="")
        return
    # Python's path in a #! line may neither hold blanks nor be long; so the shell starts it.
    start = f"#!/bin/sh\n'''exec' \"{PY}\" \"$0\" \"$@\"\n' '''\n"
    launcher = SCRIPTS / "steward"
    launcher.write_text(start + LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)


def set_up() -> None:
    """Everything a fresh machine needs; at once when nothing has changed since."""
    system_packages()
    if is_ready():
        return
    if not (PY.exists() and quiet(PY, "-c", FITS, LOCK)):
        if Path(sys.prefix).resolve() == VENV.resolve():
            sys.exit(f"{VENV} must be made anew, and this is its own Python: run dev.py with the system's Python.")
        install_packages()
    write_entry_points()
    STAMP.write_text(stamp(), encoding="utf-8")


# ---------------------------------------------------------------------------------------------- commands


def start(rest: list[str]) -> int:
    if has_display():
        return run(PY, "-m", "desktop", *rest)
    say("No display here: drawing every page off-screen instead.")
    return tour(rest)


def tour(rest: list[str]) -> int:
    return run(PY, "-m", "desktop.tour", *rest, QT_QPA_PLATFORM="offscreen")


def test(rest: list[str]) -> int:
    """Two at a time, each with a PostgreSQL of its own; whoever says `-n` decides himself."""
    workers = [] if any(part.startswith("-n") for part in rest) else ["-n", "2", "--dist", "worksteal"]
    return run(PY, "-m", "pytest", *workers, *rest)


def check(rest: list[str]) -> int:
    """Runs every check even after one has failed, so that all there is to mend is seen at once."""
    with_tests = "--no-tests" not in rest
    steps: dict[str, tuple[str | Path, ...]] = {
        "ruff check": (PY, "-m", "ruff", "check", "."),
        "ruff format": (PY, "-m", "ruff", "format", "--check", "."),
        "mypy": (PY, "-m", "mypy", "core", "db", "desktop", "migrations", "tests", "dev.py"),
        "import-linter": (PY, "-c", LINT_IMPORTS, "--no-logo"),
    }
    failed = []
    for name, command in steps.items():
        say(f"--- {name}")
        if run(*command):
            failed.append(name)
    if with_tests:
        say("--- tests")
        if test(rest):
            failed.append("tests")
    say("Failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def bench(rest: list[str]) -> int:
    return run(PY, "-m", "tests.bench", *rest)


def demo(rest: list[str]) -> int:
    site = ROOT / "build" / "demo-large.db"
    site.parent.mkdir(exist_ok=True)
    return run(PY, "-c", LAUNCHER, "demo", site, "--size", "large", *rest)


def lock(rest: list[str]) -> int:
    if not shutil.which("uv"):
        sys.exit("Writing requirements.lock needs uv on the PATH.")
    options = ["--quiet", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--extra", "dev"]
    return run("uv", "pip", "compile", *options, "-o", "requirements.lock", "pyproject.toml", *rest)


COMMANDS = {"run": start, "test": test, "check": check, "bench": bench, "demo": demo, "tour": tour, "lock": lock}


def main(arguments: list[str]) -> int:
    what, *rest = arguments or ["run"]
    if what not in COMMANDS:
        say(__doc__ or "")
        return 0 if what in ("-h", "--help", "help") else 2
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = "{}.{}".format(*sys.version_info[:2])
        sys.exit(f"Steward needs Python 3.11 to 3.14; this is {found}. With make: make {what} PYTHON=python3.12")
    if what != "lock":
        set_up()
    return COMMANDS[what](rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
