"""Refresh the exact pins of transitive packages in ``pyproject.toml``.

``uv.lock`` names registry hosts and stays out of git, so the versions it holds are copied into
``[tool.uv] constraint-dependencies``: name and version, nothing else.

    uv lock --upgrade && uv run python tools/refresh_pins.py
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"constraint-dependencies = \[.*?\]", re.DOTALL)


def pins(lock: Path) -> list[str]:
    """Return ``name==version`` of every package in the lock except motcua itself, sorted."""
    packages = tomllib.loads(lock.read_text())["package"]
    return sorted(f"{p['name']}=={p['version']}" for p in packages if p["name"] != "motcua")


def main() -> None:
    lock, project = ROOT / "uv.lock", ROOT / "pyproject.toml"
    if not lock.exists():
        sys.exit("uv.lock is missing: run `uv lock` first")
    rows = "".join(f'  "{pin}",\n' for pin in pins(lock))
    text, times = BLOCK.subn(f"constraint-dependencies = [\n{rows}]", project.read_text(), count=1)
    if times != 1:
        sys.exit("pyproject.toml has no constraint-dependencies block")
    project.write_text(text)


if __name__ == "__main__":
    main()
