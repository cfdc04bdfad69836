"""The terminal: what it prints, what it takes, and the exit status."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.cli import main

ROOT = Path(__file__).parent.parent
BRIDGE = "Mayor Rosa Lind opened a new bridge in Tarn on Monday. She thanked the builders for their work."
FERRY = "Captain Olaf Brandt sold the old ferry to a museum in Orley on Tuesday."

Output = pytest.CaptureFixture[str]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    place = tmp_path / "files"
    place.mkdir()
    (place / "bridge.txt").write_text(BRIDGE)
    (place / "ferry.txt").write_text(FERRY)
    return place


def run(data_dir: Path, *arguments: str | Path) -> int:
    return main(["--data-dir", str(data_dir), *map(str, arguments)])


def lines(output: Output) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.readouterr().out.splitlines()]


# ask


def test_a_question_gets_its_answer_with_the_proof_marked(data_dir: Path, capsys: Output) -> None:
    assert run(data_dir, "ask", "who", "did", "Pompeo", "call?") == 0
    shown = capsys.readouterr().out
    assert "**" in shown
    assert "paragraph" in shown
    assert "% sure" in shown


def test_what_is_not_told_exits_with_one(data_dir: Path, capsys: Output) -> None:
    assert run(data_dir, "ask", "who won the chess tournament?") == 1
    assert "does not say" in capsys.readouterr().out


def test_an_answer_for_programs_holds_everything(data_dir: Path, capsys: Output) -> None:
    assert run(data_dir, "ask", "--json", "who did Pompeo call?") == 0
    (answer,) = lines(capsys)
    assert answer["question"] == "who did Pompeo call?"
    assert answer["status"] == "answered"
    assert answer["evidence"][0]["text"]


def test_a_file_can_be_asked_without_being_kept(data_dir: Path, files: Path, capsys: Output) -> None:
    assert run(data_dir, "ask", "--article", files / "bridge.txt", "Who opened a bridge?") == 0
    assert "Rosa Lind" in capsys.readouterr().out
    assert run(data_dir, "list", "--json") == 0
    assert [info["key"] for info in lines(capsys)] == ["middle-east-escalation"]


def test_the_reasons_are_shown_on_request(data_dir: Path, capsys: Output) -> None:
    run(data_dir, "ask", "--why", "who did Pompeo call?")
    assert "asked:" in capsys.readouterr().out


def test_asked_questions_that_were_not_answered_are_listed(data_dir: Path, capsys: Output) -> None:
    run(data_dir, "ask", "who won the chess tournament?")
    capsys.readouterr()
    assert run(data_dir, "gaps") == 0
    assert "who won the chess tournament?" in capsys.readouterr().out
    assert run(data_dir, "stats", "--json") == 0
    assert lines(capsys)[0]["asked"] == 1


# Wrong use and input


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", ""], "empty"),
        (["ask", " ? "], "empty"),
        (["ask", "x" * 10_000], "10000 characters"),
        (["ask", "--article", "{files}/none.txt", "who?"], "No such file"),
        (["ask", "--article", "{files}", "who?"], "Is a directory"),
        (["ask", "--article", "{files}/empty.txt", "who?"], "empty"),
        (["ask", "--article", "{files}/binary.txt", "who?"], "not text"),
        (["ask", "--article", "{files}/big.txt", "who?"], "5.0 MB"),
        (["ask", "--article", "{files}/picture.png", "who?"], "type .png"),
        (["read", "{files}/none.txt"], "No such file"),
        (["read", "--json", "--jsonl", "{files}/bridge.txt"], "exclude"),
        (["read", "--jsonl", "{files}/bridge.txt"], "line 1: not a line of JSON"),
        (["answer", "{files}/none.jsonl"], "No such file"),
        (["answer", "{files}/lacks.jsonl"], "line 2: question: missing"),
        (["answer", "{files}/elsewhere.jsonl"], "No such file"),
        (["answer", "{files}/fine.jsonl", "--library", "{files}/none"], "not a folder"),
        (["add", "{files}/empty.txt"], "empty"),
        (["remove", "--yes", "nothing"], "no article 'nothing'"),
        (["remove", "--yes", "middle-east-escalation"], "came with the program"),
        (["ask"], "Missing argument"),
        (["no-such-command"], "No such command"),
    ],
)
def test_wrong_input_is_told_and_exits_with_two(
    data_dir: Path, files: Path, capsys: Output, arguments: list[str], message: str
) -> None:
    (files / "empty.txt").write_bytes(b"")
    (files / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (files / "big.txt").write_bytes(b"word " * 1_000_000)
    (files / "picture.png").write_bytes(b"\x89PNG\r\n")
    (files / "lacks.jsonl").write_text('{"id": 1, "question": "Who?"}\n{"id": 2}\n')
    (files / "elsewhere.jsonl").write_text('{"id": 1, "question": "Who?", "article": "none.txt"}\n')
    (files / "fine.jsonl").write_text('{"id": 1, "question": "Who?"}\n')
    assert run(data_dir, *(a.format(files=files) for a in arguments)) == 2
    seen = capsys.readouterr()
    assert message in seen.err
    assert "Traceback" not in seen.err
    assert seen.out == ""


def test_a_broken_env_file_is_told_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("DATELINE_LOG_DAYS=many\nthis is no setting\nDATELINE_ARTICLE_BYTES=5\n")
    assert main(["list"]) == 2
    seen = capsys.readouterr().err
    for part in (".env, line 2", "DATELINE_LOG_DAYS", "DATELINE_ARTICLE_BYTES"):
        assert part in seen
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    assert main(["list"]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_the_data_directory_of_the_env_file_is_used(
    tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_DATA_DIR")
    (tmp_path / ".env").write_text(f"DATELINE_DATA_DIR={data_dir}\n")
    assert main(["list"]) == 0
    assert "middle-east-escalation" in capsys.readouterr().out


def test_a_data_directory_that_cannot_be_written_exits_with_three(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run(tmp_path / "file" / "data", "ask", "who?") == 3
    assert "DATELINE_DATA_DIR" in capsys.readouterr().err


def test_a_damaged_database_exits_with_three_and_stays(tmp_path: Path, capsys: Output) -> None:
    place = tmp_path / "data"
    place.mkdir()
    junk = b"no database at all, I fear" * 400
    (place / "dateline.sqlite3").write_bytes(junk)
    assert run(place, "ask", "who?") == 3
    assert "damaged" in capsys.readouterr().err
    assert (place / "dateline.sqlite3").read_bytes() == junk


# read


def test_the_facts_of_a_file_are_shown_by_sentence(data_dir: Path, files: Path, capsys: Output) -> None:
    assert run(data_dir, "read", files / "bridge.txt") == 0
    shown = capsys.readouterr().out
    assert "1. Mayor Rosa Lind opened" in shown
    assert "agent" in shown
    assert not data_dir.with_name("bridge").exists()


def test_the_facts_for_programs_quote_the_text(data_dir: Path, files: Path, capsys: Output) -> None:
    assert run(data_dir, "read", "--json", files / "bridge.txt", files / "ferry.txt") == 0
    documents = lines(capsys)
    assert [document["text"] for document in documents] == [BRIDGE, FERRY]
    for document in documents:
        assert {"sentences", "entities", "facts"} <= set(document)
        for fact in document["facts"]:
            assert {"id", "polarity", "modality", "attribution", "part_of", "derived"} <= set(fact)
            quoted = [fact["predicate"], *fact["arguments"], *fact["evidence"]]
            for part in quoted:
                assert document["text"][part["start"] : part["end"]] == part["text"]


def test_lines_are_read_with_offsets_into_each(data_dir: Path, tmp_path: Path, capsys: Output) -> None:
    texts = [BRIDGE, "", "\ufeffThe dog barked.\r\nThe cat slept.", "12 %"]
    source = tmp_path / "lines.jsonl"
    source.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)))
    assert run(data_dir, "read", "--jsonl", source) == 0
    found = lines(capsys)
    assert [line["id"] for line in found] == [0, 1, 2, 3]
    assert [bool(line["facts"]) for line in found] == [True, False, True, False]
    for line in found:
        for fact in line["facts"]:
            for part in (fact["predicate"], *fact["arguments"]):
                assert texts[line["id"]][part["start"] : part["end"]] == part["text"]


def test_a_page_is_whole_by_itself(data_dir: Path, files: Path, tmp_path: Path) -> None:
    assert run(data_dir, "read", "--html", tmp_path / "page.html", files / "bridge.txt") == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Rosa Lind" in page
    for outside in ("<script", "http://", "https://", "<link", "@import", "url("):
        assert outside not in page


# answer


CONTRACT = {
    "id", "status", "answer", "span", "evidence", "confidence", "matched", "attribution", "also",
    "correction", "suggestions",
}  # fmt: skip


def test_a_bank_is_answered_line_by_line(data_dir: Path, files: Path, capsys: Output) -> None:
    asked: list[dict[str, Any]] = [
        {"id": "a", "question": "Who opened a bridge?", "article": "bridge.txt", "must": "ignored"},
        {"id": 2, "question": "Who sold the ferry?", "article": "ferry.txt"},
        {"id": "c", "question": "Who sold the ferry?", "article": "bridge.txt"},
        {"id": "d", "question": ""},
        {"id": "e", "question": "When?", "article": "bridge.txt", "context": ["Who opened a bridge?"]},
        {"id": "f", "question": "who did Pompeo call?"},
    ]
    bank = files / "bank.jsonl"
    bank.write_text("\n".join(json.dumps(item) for item in asked) + "\n\n")
    before = sorted(path.name for path in data_dir.rglob("*"))
    assert run(data_dir, "answer", bank) == 0
    found = lines(capsys)
    assert [line["id"] for line in found] == [item["id"] for item in asked]
    assert all(set(line) == CONTRACT for line in found)
    assert all(line["status"] in ("answered", "abstained") for line in found)
    assert [found[n]["status"] for n in (0, 1, 2, 3)] == ["answered", "answered", "abstained", "abstained"]
    assert "Rosa Lind" in found[0]["answer"]
    for line in found:
        if line["status"] == "answered":
            assert line["evidence"]
            assert all(isinstance(passage, str) for passage in line["evidence"])
        else:
            assert (line["answer"], line["span"], line["evidence"]) == ("", "", [])
    assert sorted(path.name for path in data_dir.rglob("*")) == before


def test_a_library_names_the_article_that_answers(data_dir: Path, files: Path, capsys: Output) -> None:
    bank = files / "bank.jsonl"
    bank.write_text(
        '{"id": 1, "question": "Who opened a bridge?", "article": "ferry.txt"}\n'
        '{"id": 2, "question": "Who sold the ferry?"}\n'
    )
    assert run(data_dir, "answer", "--library", files, bank) == 0
    found = lines(capsys)
    assert [line["article"] for line in found] == ["bridge.txt", "ferry.txt"]


# chat


def chat(data_dir: Path, monkeypatch: pytest.MonkeyPatch, *typed: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in typed)))
    return run(data_dir, "chat")


def test_a_conversation_goes_on_until_its_end(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    assert chat(data_dir, monkeypatch, "who did Pompeo call?", "", "???", "/why", "/articles", "/new") == 0
    shown = capsys.readouterr().out
    assert "sure" in shown
    assert "empty" in shown
    assert "asked:" in shown
    assert "middle-east-escalation" in shown


def test_an_offered_question_is_picked_by_its_number(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    chat(data_dir, monkeypatch, "who won the chess tournament?", "1", "/quit", "never reached")
    shown = capsys.readouterr().out
    offered = next(line.strip()[3:] for line in shown.splitlines() if line.strip().startswith("1. "))
    assert f"> {offered}" in shown
    assert "never reached" not in shown


# Keeping articles


def test_articles_are_added_listed_exported_and_removed(
    data_dir: Path, files: Path, tmp_path: Path, capsys: Output
) -> None:
    assert run(data_dir, "add", files / "bridge.txt", files / "ferry.txt") == 0
    assert run(data_dir, "add", files / "ferry.txt") == 2
    assert "same text" in capsys.readouterr().err
    assert run(data_dir, "export", tmp_path / "all.zip") == 0
    assert run(data_dir, "remove", "--yes", "bridge", "ferry") == 0
    assert run(data_dir, "add", tmp_path / "all.zip") == 0
    capsys.readouterr()
    assert run(data_dir, "list", "--json") == 0
    assert {info["key"] for info in lines(capsys)} == {"bridge", "ferry", "middle-east-escalation"}
    assert run(data_dir, "backup", tmp_path / "copy.sqlite3") == 0
    assert run(data_dir, "backup", tmp_path / "copy.sqlite3") == 2


def test_a_reload_reports_and_fails_for_broken_files(data_dir: Path, capsys: Output) -> None:
    (data_dir / "articles" / "bridge.txt").write_text(BRIDGE)
    assert run(data_dir, "reload") == 0
    assert "added     bridge" in capsys.readouterr().out
    (data_dir / "articles" / "bridge.txt").write_bytes(b"")
    assert run(data_dir, "reload") == 2
    assert "failed    bridge: bridge.txt: The file is empty." in capsys.readouterr().out


# The shell


def test_a_reader_that_stops_early_is_no_fault(data_dir: Path) -> None:
    command = (
        f"{sys.executable} -m knowledge --data-dir {data_dir} list --json | true; exit ${{PIPESTATUS[0]}}"
    )
    ran = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0
    assert ran.stderr == ""


def test_a_progress_bar_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "knowledge", "--data-dir", str(tmp_path / "new"), "list"]
    master, slave = pty.openpty()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=slave, check=True)
    os.close(slave)
    shown = b""
    try:
        while part := os.read(master, 65_536):
            shown += part
    except OSError:
        pass
    os.close(master)
    assert "reading the articles for the first time" in shown.decode()
    command[4] = str(tmp_path / "other")
    quiet = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert quiet.stderr == b""
