"""``python -m bench NAME``: run one measurement and print its figures."""

import sys
from importlib import import_module
from pathlib import Path


def main() -> int:
    """Run ``bench/NAME.py``; without a name, list the names."""
    names = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        sys.stderr.write(f"usage: python -m bench NAME [OPTIONS]; names: {', '.join(names)}\n")
        return 2
    name = sys.argv.pop(1)
    return int(import_module(f"bench.{name}").main() or 0)


if __name__ == "__main__":
    sys.exit(main())
