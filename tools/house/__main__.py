"""``python -m tools.house``: check the house rules over the tree; exit code 1 if one is broken."""

import sys
from pathlib import Path

from tools.house.rules import check_tree


def main() -> int:
    problems = list(check_tree(Path(__file__).parents[2]))
    for problem in problems:
        print(problem)
    print(f"house rules: {len(problems)} problem{'s' if len(problems) != 1 else ''}")
    return 1 if problems else 0


sys.exit(main())
