"""dev.py, as far as it can be tried without setting a machine up."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

import dev


def _lock(folder: Path, *lines: str) -> Path:
    lock = folder / "requirements.lock"
    lock.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lock


class Runs:
    """Stands for `dev.run`: notes what would be started and answers with an exit code."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.started: list[str] = []

    def __call__(self, *command: object, **more: str) -> int:
        self.started.append(" ".join(map(str, command)) + "".join(f" {name}={value}" for name, value in more.items()))
        return self.code


def _fits(lock: Path) -> bool:
    return dev.quiet(sys.executable, "-c", dev.FITS, lock)


def test_an_environment_fits_its_lock_and_no_other(tmp_path: Path) -> None:
    assert _fits(dev.LOCK)
    assert not _fits(_lock(tmp_path, "pytest==1.0 \\", "    --hash=sha256:00"))
    assert not _fits(_lock(tmp_path, "there-is-no-such-package==1.0 \\", "    --hash=sha256:00"))
    assert _fits(_lock(tmp_path, "pytest==1.0 ; python_version < '3' \\", "    --hash=sha256:00"))


def test_the_stamp_changes_with_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = dev.stamp()
    assert before == dev.stamp()
    monkeypatch.setattr(dev, "LOCK", _lock(tmp_path, "other==1"))
    assert dev.stamp() != before


@pytest.mark.parametrize("name", ["plain", "with blank", "后台 管家"])
def test_the_launcher_starts_the_program_from_any_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    root = tmp_path / name
    (root / "core").mkdir(parents=True)
    (root / "core" / "__init__.py").touch()
    (root / "core" / "cli.py").write_text("import sys\n\n\ndef main():\n    print(sys.argv[1:])\n    return 3\n")
    venv.create(root / ".venv", with_pip=False, symlinks=not dev.WINDOWS)
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "VENV", root / ".venv")
    monkeypatch.setattr(dev, "SCRIPTS", root / ".venv" / dev.SCRIPTS.name)
    monkeypatch.setattr(dev, "PY", root / ".venv" / dev.SCRIPTS.name / dev.PY.name)
    dev.write_entry_points()
    launcher = dev.SCRIPTS / ("steward.cmd" if dev.WINDOWS else "steward")
    done = subprocess.run([str(launcher), "verify", "a b"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (3, "['verify', 'a b']"), done.stderr


def test_without_rights_the_line_to_run_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "missing_packages", lambda: (["libgl1"], []))
    monkeypatch.setattr(dev, "apt_prefix", lambda: None)
    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends libgl1"):
        dev.system_packages()


def test_what_only_a_screen_needs_stops_nobody_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "missing_packages", lambda: ([], ["libxcb-cursor0"]))
    monkeypatch.setattr(dev, "apt_prefix", lambda: None)
    dev.system_packages()


@pytest.mark.parametrize(
    ("environment", "seen"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "vnc"}, True),
    ],
)
def test_a_display_is_known(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], seen: bool) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")
    assert dev.has_display() is seen


def test_without_a_display_the_tour_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(0)
    monkeypatch.setattr(dev, "run", runs)
    monkeypatch.setattr(dev, "has_display", lambda: False)
    assert dev.start(["--quick"]) == 0
    assert runs.started == [f"{dev.PY} -m desktop.tour --quick QT_QPA_PLATFORM=offscreen"]


def test_every_check_runs_even_after_one_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(1)
    monkeypatch.setattr(dev, "run", runs)
    assert dev.check(["--no-tests"]) == 1
    assert len(runs.started) == 4
    assert not any("pytest" in started for started in runs.started)
    runs.started.clear()
    assert dev.check([]) == 1
    assert "pytest" in runs.started[-1]


def test_an_unknown_command_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["no-such-command"]) == 2
    assert "run|test|check" in capsys.readouterr().err
