"""Which part may load which: the import rules, and what a question really loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ASKING = """
import asyncio, json, sys
from pathlib import Path
from knowledge.cli import main
status = main(["--data-dir", sys.argv[1], "ask", "who did Pompeo call?"])
print(json.dumps([status, sorted(sys.modules)]))
"""


def test_the_parts_import_each_other_as_the_architecture_says() -> None:
    ran = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout


def test_answering_loads_no_parser(data_dir: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ASKING, str(data_dir)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    status, modules = json.loads(ran.stdout.splitlines()[-1])
    assert status == 0
    loaded = {name.partition(".")[0] for name in modules}
    assert loaded.isdisjoint(
        {"onnxruntime", "numpy", "spacy", "torch", "transformers", "trafilatura", "discord"}
    )
    assert not [name for name in modules if name.startswith("knowledge.reading")]


@pytest.mark.parametrize("package", ["knowledge.asking", "knowledge.store.database", "knowledge.language"])
def test_a_part_loads_without_the_others(package: str) -> None:
    others = {"knowledge.asking", "knowledge.reading", "knowledge.store"} - {
        package,
        package.rpartition(".")[0],
    }
    code = f"import sys, json, {package}; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert others.isdisjoint(json.loads(ran.stdout))
