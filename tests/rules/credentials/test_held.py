"""Are the contexts those that were published, and are there no others?"""

import json
from pathlib import Path

import pytest

from kompeten.foundation.vc import held

README = (held.FOLDER / "README.md").read_text()


@pytest.mark.parametrize("address", held.PINNED)
def test_each_context_is_as_published(address: str) -> None:
    stated = held.document(address)

    assert isinstance(stated, dict)
    assert stated is held.document(address)
    assert address in README


def test_no_file_lies_there_that_is_not_pinned() -> None:
    lying = {path.name for path in held.FOLDER.iterdir()} - {"README.md"}

    assert lying == {name for name, _ in held.PINNED.values()}


def test_an_unknown_address_has_no_context() -> None:
    assert held.document("https://www.w3.org/2018/credentials/v1") is None


def test_a_touched_context_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = json.loads((held.FOLDER / "did-v1.jsonld").read_bytes())
    changed["@context"]["controller"] = "urn:somebody:else"
    (tmp_path / "did-v1.jsonld").write_text(json.dumps(changed))
    monkeypatch.setattr(held, "FOLDER", tmp_path)
    held.content.cache_clear()

    with pytest.raises(held.ContextChanged):
        held.content(held.DID)

    held.content.cache_clear()
