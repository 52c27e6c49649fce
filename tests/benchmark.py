"""Does it take longer to record and judge every snippet than to run each bare? `uv run python tests/benchmark.py`.

Both sides run on the same processors, in turn, so that a slow moment of the machine hits both. Bare, one snippet runs
after another.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from sitebuild.programs.store import Store

ROUNDS = 5


def seconds(commands: list[list[str]], root: Path) -> float:
    """Run commands one after another and return how long they took, in seconds."""
    began = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Print each round's ratio and their median."""
    root = Path(__file__).parents[1]
    store = Store(root)
    names = [name for name in store.names() if len(store.files(name)) == 1]  # bare, a pair takes two terminals
    modules = ["snippets." + name.removesuffix(".py").replace("/", ".") for name in names]
    bare = [[sys.executable, "-m", module] for module in modules]
    recorded = [[sys.executable, "-m", "sitebuild", "record", "--check", *names]]
    ratios = []
    for number in range(1, ROUNDS + 1):
        plain, proven = seconds(bare, root), seconds(recorded, root)
        ratios.append(proven / plain)
        print(f"round {number}: bare {plain:.2f} s, recorded and judged {proven:.2f} s, ratio {ratios[-1]:.2f}")
    print(f"{len(names)} snippets, median ratio {statistics.median(ratios):.2f} (1 or less: proving costs no more)")


if __name__ == "__main__":
    main()
