"""A process killed at any moment leaves every operation wholly there or wholly absent."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_a_kill_leaves_each_operation_whole_or_absent(tmp_path: Path, soak: bool) -> None:
    moments = 400 if soak else 48
    ran = subprocess.run(
        [sys.executable, "-m", "tests.crashing", str(tmp_path), str(moments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    trials = [json.loads(line) for line in ran.stdout.splitlines()]
    # A kill at a moment in time may come too late.
    late = [trial for trial in trials if not trial["killed"]]
    assert all(isinstance(trial["moment"], float) for trial in late)
    assert [trial for trial in trials if not trial["sound"]] == []
    assert [trial for trial in trials if not (trial["before"] or trial["after"])] == []
    assert [trial for trial in trials if trial["confirmed"] and not trial["after"]] == []
    seen = Counter(trial["operation"] for trial in trials)
    assert len(seen) == 8
    inside = sum(trial["inside"] for trial in trials)
    print(f"{len(trials) - len(late)} kills, {inside} between BEGIN and COMMIT: {dict(seen)}")
    assert inside >= (100 if soak else 12)
