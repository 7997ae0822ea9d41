"""What are the options now, and what is wrong with them?

An option is read from `KOMPETEN_<NAME>`, or from the file that `KOMPETEN_<NAME>_FILE` names, else it
takes the default of the profile. The only place that reads the environment; `table` says which there
are.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kompeten.config.table import OPTIONS, PREFIX, PROFILES, Option

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 (recognized, not bound)
HTTP_PORT = 80
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class OptionsInvalid(Exception):
    """The environment cannot be read; the message is one line a person can act on."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options in force; `options.port` or `options["port"]`."""

    values: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def read(environ: Mapping[str, str]) -> Options:
    """Return the options that `environ` asks for.

    :raises OptionsInvalid: unknown name, wrong value, unreadable file, or a required one is missing
    """
    _refuse_unknown(environ)
    profile = environ.get(f"{PREFIX}PROFILE", "embedded")
    if profile not in PROFILES:
        raise OptionsInvalid(f"{PREFIX}PROFILE is {profile!r}; it is one of {', '.join(PROFILES)}")
    values = {o.name: _value(o, profile, environ) for o in OPTIONS}
    values["public_url"] = values["public_url"] or _address(values["host"], values["port"])
    values["short_url"] = values["short_url"] or values["public_url"]
    return Options(values)


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {option.key for option in OPTIONS}
    for key in environ:
        if not key.startswith(PREFIX) or key in known or key.removesuffix("_FILE") in known:
            continue
        bare = {k.removeprefix(PREFIX): k for k in known}
        near = [bare[n] for n in difflib.get_close_matches(key.removeprefix(PREFIX), bare, 1)]
        hint = f"; did you mean {near[0]}?" if near else "; `kompeten options` lists all"
        raise OptionsInvalid(f"{key} is no option{hint}")


def _value(option: Option, profile: str, environ: Mapping[str, str]) -> Any:
    key = option.key
    text = environ.get(key)
    if text is None and (path := environ.get(f"{key}_FILE")):
        try:
            text = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise OptionsInvalid(f"{key}_FILE cannot be read: {error}") from error
    if text is not None:
        return _parse(option, key, text)
    if profile in option.required_in:
        raise OptionsInvalid(f"{key} is needed in profile {profile}: {option.help}")
    return option.by_profile.get(profile, option.default)


def _address(host: str, port: int) -> str:
    """Return what a browser on this machine opens; a server on every address answers on the local one."""
    if host in EVERYWHERE:
        host = "127.0.0.1"
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}" if port == HTTP_PORT else f"http://{name}:{port}"


def _parse(option: Option, key: str, text: str) -> Any:
    if option.kind is bool:
        if text.lower() not in TRUE | FALSE:
            raise OptionsInvalid(f"{key} is {text!r}; say true or false")
        return text.lower() in TRUE
    if option.kind is list:
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return option.kind(text)
    except ValueError as error:
        raise OptionsInvalid(f"{key} is {text!r}; {option.kind.__name__} is expected") from error
