"""A supplier's price list by the command line: asked before prices move far, all rows or none."""

from __future__ import annotations

from pathlib import Path

from tests.core.test_cli import Run, steward

__all__ = ["steward"]


def test_a_price_list_is_brought_in_and_a_slip_is_asked_about(steward: Run, tmp_path: Path, site_url: str) -> None:
    def bring(kind: str, text: str, *more: str) -> tuple[int, int, str]:
        file = tmp_path / "file.csv"
        file.write_text(text, encoding="utf-8")
        ran = steward("import", kind, file, "--site", site_url, "--json", "--language", "en", *more)
        return ran.code, ran.data["posted"], " ".join(one["message"] for one in ran.data["errors"])

    assert bring("items", "code,name,unit\nA,番茄,kg\n")[1] == 1
    assert bring("suppliers", "code,name,delivery_days,cutoff_time\nGS,绿源,Mon Thu,16:30\n")[1] == 1
    assert bring("supplier-prices", "supplier,item,price\nGS,A,4\n")[:2] == (0, 1)
    code, posted, said = bring("supplier-prices", "supplier,item,price\nGS,A,40\n")
    assert (code == 0, posted) == (False, 0) and "A from 4 to 40 (+900 %)" in said
    assert bring("supplier-prices", "supplier,item,price\nGS,A,40\n", "--again")[:2] == (0, 1)
    assert "There is no supplier NO" in bring("supplier-prices", "supplier,item,price\nNO,A,4\n")[2]
