"""Does the command line say yes, no and misuse, in words and in JSON?"""

import argparse
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError

from kompeten.config.options import Options
from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.ops import cli, commands, prepare

NOUNS = sorted(module.name for module in iter_modules(commands.__path__))
pytestmark = pytest.mark.django_db


def leaves(parser: argparse.ArgumentParser, words: str) -> Iterator[tuple[str, Any]]:
    """Give every command below `parser` with its words."""
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for group in below:
        for word, inner in group.choices.items():
            yield from leaves(inner, f"{words} {word}".strip())
    if not below:
        yield words, parser


COMMANDS = dict(leaves(cli._parser([]), ""))


@pytest.mark.parametrize("words", sorted(COMMANDS))
def test_every_command_answers_in_json_and_explains_itself(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = {flag for action in COMMANDS[words]._actions for flag in action.option_strings}

    assert "--json" in flags
    assert cli.run([*words.split(), "--help"]) == 0
    assert "--json" in capsys.readouterr().out


def test_the_house_has_the_commands_it_promises() -> None:
    promised = {
        "serve", "work", "demo", "rehearse", "collective check", "collective import",
        "certificate list", "certificate export", "certificate verify", "doctor", "options",
    }  # fmt: skip

    assert promised - COMMANDS.keys() == set()


@pytest.mark.parametrize(
    "words", [[], ["fly"], ["serve", "--port", "high"], ["collective"], ["options", "extra"]]
)
def test_misuse_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(words) == 2
    assert "usage: kompeten" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out.strip()[0].isdigit()


@pytest.mark.parametrize(
    ("problem", "code", "sentence"),
    [
        (commands.Misuse("say which"), 2, "say which"),
        (FileNotFoundError(2, "No such file", "list.xlsx"), 2, "list.xlsx: No such file"),
        (commands.No("there is none"), 1, "there is none"),
        (StepRefused("role.not_held", step="submit"), 1, "refused: submit (role.not_held)"),
        (StaleRecord("application 7"), 1, "look again: application 7"),
        (DatabaseError("disk I/O error"), 1, "the database refused: disk I/O error"),
        (prepare.NotPrepared("run `kompeten prepare` once"), 1, "run `kompeten prepare` once"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_can_be_foreseen_ends_in_one_line(
    problem: BaseException,
    code: int,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(args: argparse.Namespace) -> int:
        raise problem

    monkeypatch.setattr(import_module("kompeten.ops.commands.options"), "_options", refuse)

    assert cli.run(["options"]) == code
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert cli.run(["options", "--json"]) == code
    assert sentence in json.loads(capsys.readouterr().out)["error"]


def test_options_are_listed_and_secrets_are_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.run(["options", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["options"]}

    assert rows["KOMPETEN_PROFILE"]["value"] == "test"
    assert rows["KOMPETEN_PORT"] == {
        "name": "KOMPETEN_PORT",
        "value": 8000,
        "from": "default",
        "help": "Port the server listens on",
    }
    assert rows["KOMPETEN_SECRET_KEY"]["value"] == "•••"
    assert rows["KOMPETEN_SECRET_KEY"]["from"] == "profile"
    assert cli.run(["options"]) == 0
    assert "only-for-tests" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["database_url", "redis_url"])
def test_an_address_that_may_hold_a_password_is_not_shown(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = settings.OPTIONS.values | {name: "redis://:rahasia@cache.example/0"}
    monkeypatch.setattr(settings, "OPTIONS", Options(values))

    assert cli.run(["options"]) == 0
    assert "rahasia" not in capsys.readouterr().out


def test_tables_are_made_only_where_the_option_allows(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(prepare, "missing_migrations", lambda: ["people.0009_later"])
    settings.OPTIONS = type("Options", (), {"prepare_on_start": False})

    with pytest.raises(prepare.NotPrepared, match="kompeten prepare"):
        prepare.tables()


def test_nothing_is_missing_in_a_prepared_database() -> None:
    assert prepare.missing_migrations() == []
    prepare.tables()


def test_static_files_are_collected_once(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"

    prepare.collect_static()
    made = {p: p.stat().st_mtime_ns for p in (tmp_path / "static").rglob("*") if p.is_file()}
    prepare.collect_static()

    assert made
    assert made == {
        p: p.stat().st_mtime_ns for p in (tmp_path / "static").rglob("*") if p.is_file()
    }
