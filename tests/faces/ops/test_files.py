"""Does `kompeten files seal` bring every stored file under the present secret, and say what it cannot?"""

import json
from pathlib import Path
from typing import Any

import pytest

from kompeten.foundation import files
from kompeten.ops import cli


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Keep the files of each test apart."""
    kept = settings.STORAGES["files"]
    there = kept["OPTIONS"] | {"location": tmp_path}
    settings.STORAGES = settings.STORAGES | {"files": kept | {"OPTIONS": there}}
    return tmp_path


def test_a_new_secret_is_brought_to_every_file_once(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = [files.put(bytes((n,)), media_type="text/plain").sha256 for n in range(3)]
    settings.FILES_KEYS = ("rahasia baru", *settings.FILES_KEYS)

    first = cli.run(["files", "seal", "--json"]), json.loads(capsys.readouterr().out)
    again = cli.run(["files", "seal", "--json"]), json.loads(capsys.readouterr().out)

    assert first == (0, {"sealed": 3, "kept": 0, "damaged": 0})
    assert again == (0, {"sealed": 0, "kept": 3, "damaged": 0})
    settings.FILES_KEYS = ("rahasia baru",)
    assert [files.read(digest) for digest in kept] == [b"\0", b"\1", b"\2"]


def test_what_cannot_be_opened_is_named_and_left(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = files.put(b"x", media_type="text/plain").sha256
    settings.FILES_KEYS = ("rahasia lain",)

    assert cli.run(["files", "seal"]) == 1

    told = capsys.readouterr()
    assert told.out == "0 sealed anew, 0 were, 1 cannot be opened\n"
    assert kept in told.err
