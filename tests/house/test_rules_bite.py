"""The rules of the house, tried on a small house in which every one of them is broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

BROKEN = {
    "core/__init__.py": "",
    "core/i18n.py": (ROOT / "core" / "i18n.py").read_text(encoding="utf-8"),
    "core/paths.py": (ROOT / "core" / "paths.py").read_text(encoding="utf-8"),
    "core/words.py": "def word(member): raise LookupError(member)\n",
    "core/strange/__init__.py": "",
    "core/stock/__init__.py": "from core.stock.commands import help_out\n",
    "core/stock/helpers.py": "",
    "core/stock/rules.py": "import sqlalchemy\nfrom core.stock import queries\n",
    "core/stock/queries.py": "@query\ndef list_x(uow, a): ...\n",
    "core/stock/commands.py": (
        "import datetime\nimport smtplib\nimport threading\nfrom sqlalchemy import text\nimport core.purchasing\n"
        "@command(None)\ndef never_named(uow, *, a, b, c, d, e, f, g):\n    '''Not translated.'''\n"
        "    uow.session.commit()\n    threading.Thread()\n    datetime.datetime.now()\n    _(a)\n"
        "    _('Fuzzy')\n    _('Lost {one}')\n    _('One {fact}', fact=1)\n    _('No chinese words')\n"
        "    try:\n        pass\n    except Exception:\n        pass\n" + "    if a: pass\n" * 8 + "    a = 1\n" * 50
    ),
    "core/stock/steps.py": "@command(Permission.X)\ndef do_it(uow): ...\ndef public(): ...\n",
    "core/purchasing/__init__.py": "from core.stock.rules import check\n",
    "core/utils.py": "",
    "db/__init__.py": "",
    "db/enums.py": "from enum import StrEnum\n\n\nclass Kind(StrEnum):\n    ONE = 'one'\n",
    "db/stock.py": "import core\n\n\nclass Item:\n    __tablename__ = 'item'\n",
    "desktop/app.py": "import alembic\n",
    "desktop/stock/page.py": "import desktop.catalog.page\nlabel.setText('Stock')\n",
    "desktop/catalog/page.py": "import core.stock.rules\n",
    "migrations/versions/0001_x.py": "import db\n",
    "tests/__init__.py": "",
    "tests/core/purchasing/more.py": "import core.stock.rules\ndef test_never_run(): pass\n",
    "tests/core/purchasing/test_x.py": "import pytest, time\n@pytest.mark.skip\ndef test_x(): time.sleep(1)\n",
    "requirements.lock": "one==1 \\\n    --hash=sha256:00\n# https:" + "//example.org\n",
    "notes.txt": "/" + "work/main\n",
    "resources/locale/zh_CN/a.po": (
        '#, fuzzy\nmsgid "Fuzzy"\nmsgstr "模糊"\n\nmsgid "One {fact}"\nmsgstr "一 {fact}"\n\n'
        'msgid "Left over"\nmsgstr "您"\n\n'
        'msgid "No chinese words"\nmsgstr "No chinese words"\n'
    ),
    "resources/locale/zh_CN/b.po": 'msgid "One {fact}"\nmsgstr "另一"\n\n\n\nmsgid "Same"\n\nmsgstr "分开"\n',
}
# What no broken house can show: they guard the other rules themselves, or the machine.
KEPT = {
    "test_callers_stand_outside_the_domains",
    "test_exceptions_only_shrink",
    "test_five_thousand_signals_arrive",
}
RULES = (
    "test_floors",
    "test_places",
    "test_domains",
    "test_sizes",
    "test_words",
    "test_windows",
    "test_tree",
    "test_start",
)


def _build(house: Path) -> None:
    for name, text in BROKEN.items():
        path = house / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copyfile(ROOT / "pyproject.toml", house / "pyproject.toml")
    (house / "tests" / "house").mkdir(parents=True)
    for file in (ROOT / "tests" / "house").glob("*.py"):
        if file.name not in ("test_dev.py", Path(__file__).name):
            shutil.copyfile(file, house / "tests" / "house" / file.name)
    subprocess.run(["git", "init", "--quiet"], cwd=house, check=True)


def test_every_rule_finds_what_breaks_it(tmp_path: Path) -> None:
    _build(tmp_path)
    names = {
        name
        for rule in RULES
        for name in re.findall(
            r"(?m)^def (test_\w+)", (ROOT / "tests" / "house" / f"{rule}.py").read_text(encoding="utf-8")
        )
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "tests/house"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    broken = set(re.findall(r"FAILED \S+::(test_\w+)", done.stdout))
    assert names - broken == KEPT, done.stdout[-3000:]
