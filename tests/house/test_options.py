"""Is every option read as it should be, refused with a sentence, and documented?"""

from pathlib import Path
from typing import Any

import pytest

from kompeten.config import databases, options
from kompeten.config.options import OptionsInvalid, read
from kompeten.config.table import OPTIONS
from tests.house.code import ROOT

SCALEOUT = {
    "KOMPETEN_PROFILE": "scaleout",
    "KOMPETEN_DATABASE_URL": "postgresql://kompeten@db/kompeten",
    "KOMPETEN_SECRET_KEY": "a",
    "KOMPETEN_PRIVACY_KEY": "b",
    "KOMPETEN_KEY_PASSPHRASE": "c",
    "KOMPETEN_VAULT_KEY": "d",
}


def test_nothing_has_to_be_set_to_run() -> None:
    found = read({})

    assert (found.profile, found.port, found["work_in_serve"]) == ("embedded", 8000, True)


@pytest.mark.parametrize("profile", options.PROFILES)
def test_every_profile_has_a_value_for_every_option(profile: str) -> None:
    found = read(SCALEOUT | {"KOMPETEN_PROFILE": profile})

    assert found.values.keys() == {option.name for option in OPTIONS}


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"KOMPETEN_PRT": "1"}, "KOMPETEN_PRT is no option; did you mean KOMPETEN_PORT?"),
        ({"KOMPETEN_Q": "1"}, "KOMPETEN_Q is no option; `kompeten options` lists all"),
        ({"KOMPETEN_PORT": "eighty"}, "KOMPETEN_PORT is 'eighty'; int is expected"),
        ({"KOMPETEN_DEMO": "maybe"}, "KOMPETEN_DEMO is 'maybe'; say true or false"),
        ({"KOMPETEN_PROFILE": "big"}, "KOMPETEN_PROFILE is 'big'; it is one of"),
        ({"KOMPETEN_SECRET_KEY_FILE": "/nowhere"}, "KOMPETEN_SECRET_KEY_FILE cannot be read"),
        ({"KOMPETEN_PROFILE": "scaleout"}, "KOMPETEN_DATABASE_URL is needed in profile scaleout"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    environ: dict[str, str], sentence: str
) -> None:
    with pytest.raises(OptionsInvalid, match=f"^{sentence.replace('?', chr(92) + '?')}"):
        read(environ)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("demo", "Yes", True),
        ("demo", "off", False),
        ("port", "80", 80),
        ("allowed_hosts", "a.id, b.id ,", ["a.id", "b.id"]),
        ("data_dir", "/srv/k", Path("/srv/k")),
    ],
)
def test_words_of_the_environment_become_values(key: str, text: str, value: Any) -> None:
    assert read({f"KOMPETEN_{key.upper()}": text})[key] == value


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"KOMPETEN_PORT": "9100"}, "http://127.0.0.1:9100"),
        ({"KOMPETEN_HOST": "10.0.0.5", "KOMPETEN_PORT": "80"}, "http://10.0.0.5"),
        ({"KOMPETEN_HOST": "0.0.0.0"}, "http://127.0.0.1:8000"),
        ({"KOMPETEN_HOST": "::1"}, "http://[::1]:8000"),
        ({"KOMPETEN_PORT": "9100", "KOMPETEN_PUBLIC_URL": "https://a.id"}, "https://a.id"),
    ],
)
def test_the_public_address_follows_host_and_port_unless_it_is_said(
    environ: dict[str, str], address: str
) -> None:
    assert read(environ).public_url == address


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")

    assert read({"KOMPETEN_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "from a file"


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="colour"):
        _ = read({}).colour


def test_a_database_is_sqlite_or_postgresql() -> None:
    def of(url: str, synchronous: str = "FULL") -> dict[str, Any]:
        return databases.settings_of(
            url, data_dir=Path("/srv/k"), synchronous=synchronous, threads=8
        )

    assert of("sqlite")["NAME"] == "/srv/k/kompeten.sqlite3"
    assert of("sqlite:/elsewhere.sqlite3")["NAME"] == "/elsewhere.sqlite3"
    found = of("postgresql://ani:p%40ss@db.example:5433/kompeten")
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[n] for n in names] == ["kompeten", "ani", "p@ss", "db.example", "5433"]
    with pytest.raises(OptionsInvalid, match="begins with sqlite or postgresql"):
        of("mysql://db/kompeten")
    with pytest.raises(OptionsInvalid, match="FULL, NORMAL or OFF"):
        of("sqlite", synchronous="full; DROP")


def test_sqlite_survives_a_power_cut_unless_told_otherwise() -> None:
    opening = databases.settings_of(
        "sqlite", data_dir=Path("/srv/k"), synchronous=read({}).sqlite_synchronous, threads=8
    )["OPTIONS"]

    assert opening["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in opening["init_command"]
    assert "synchronous=FULL" in opening["init_command"]


def test_every_option_is_documented() -> None:
    page = (ROOT / "docs" / "generated" / "options.md").read_text(encoding="utf-8")

    assert [option.key for option in OPTIONS if f"`{option.key}`" not in page] == []
    assert [option.key for option in OPTIONS if option.help.endswith(".")] == []
