"""What do the docs say that the code knows better? Charts, facts, followers, options, commands.

.venv/bin/python tools/docs_generate.py            write docs/generated/
.venv/bin/python tools/docs_generate.py --check    say whether it is in step; 1 if not
"""

import argparse
import dataclasses
import inspect
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_type_hints

os.environ["KOMPETEN_PROFILE"] = "test"
os.environ["KOMPETEN_DATA_DIR"] = tempfile.mkdtemp(prefix="kompeten-docs-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompeten.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import translation  # noqa: E402
from draw_chart import svg  # noqa: E402

from kompeten.api.v1.house import api  # noqa: E402
from kompeten.foundation import keeping  # noqa: E402
from kompeten.foundation.ledger import followers  # noqa: E402
from kompeten.kernel.statechart import Chart, Step  # noqa: E402
from kompeten.ops import cli  # noqa: E402

DOCS = Path(__file__).resolve().parent.parent / "docs"
TARGET = DOCS / "generated"


def pages() -> dict[str, str]:
    """Return every generated part by its path under docs/generated."""
    found = {f"rooms/{room}.md": room_page(room) for room in settings.ROOMS}
    found |= {
        "options.md": options_page(),
        "followers.md": followers_page(),
        "events.md": events_page(),
        "commands.md": commands_page(),
        "retention.md": retention_page(),
        "openapi-v1.json": json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False),
    }
    return {name: text.rstrip() + "\n" for name, text in found.items()}


def charts(room: str) -> list[Chart]:
    """Return the charts of a room, in the order they are written."""
    if find_spec(f"kompeten.{room}.chart") is None:
        return []
    names = vars(import_module(f"kompeten.{room}.chart")).values()
    return list(dict.fromkeys(chart for chart in names if isinstance(chart, Chart)))


def room_page(room: str) -> str:
    """Return lives, facts, reasons and followers of a room."""
    parts: list[str] = []
    for chart in charts(room):
        parts += chart_part(chart)
    parts += facts_part(room)
    mine = {n: f for n, f in sorted(followers().items()) if n.startswith(f"{room}.")}
    if mine:
        parts += ["## What it follows", ""]
        rows = [
            (f"`{n}`", ", ".join(f"`{e}`" for e in f.events), says(f.pull)) for n, f in mine.items()
        ]
        parts += [*table(("follower", "after", "what it does"), rows), ""]
    parts += reasons_part(room)
    return "\n".join(parts)


def chart_part(chart: Chart) -> Iterator[str]:
    """Give the drawing of a chart and the table behind it."""
    yield f"## The life of `{chart.name}`"
    yield ""
    yield f'<figure markdown="0">\n{svg(chart)}\n</figure>'
    yield ""
    opening = (
        "*come into being*", f"`{chart.opened}`", "", state(chart.initial.value),
        roles(chart.opened_by), named(chart.opening),
    )  # fmt: skip
    rows = [opening, *(step_row(step) for step in chart.steps)]
    yield from table(("verb", "event", "from", "to", "who may", "facts"), rows)
    yield ""


def step_row(step: Step) -> tuple[str, ...]:
    """Return one arrow as a row."""
    sources = ", ".join(state(s) for s in sorted(step.source))
    target = state(step.target) if step.target else "*stays*"
    verb = f"`{step.verb}`" + (" *if the guard allows*" if step.guard else "")
    return verb, f"`{step.event}`", sources, target, roles(step.roles), named(step.facts)


def facts_part(room: str) -> Iterator[str]:
    """Give each facts class of a room's charts: what it means and what it holds."""
    seen: dict[str, type] = {}
    for chart in charts(room):
        for facts in (chart.opening, *(s.facts for s in chart.steps)):
            if facts is not None:
                seen.setdefault(facts.__name__, facts)
    if not seen:
        return
    yield "## Facts"
    yield ""
    yield "What an event carries. A new meaning gets a new event, never a changed one."
    yield ""
    for name, facts in seen.items():
        hints = get_type_hints(facts)
        fields = ", ".join(
            f"`{f.name}`: {spelled(hints[f.name])}" for f in dataclasses.fields(facts)
        )
        yield f"**`{name}`** · {says(facts)}  "
        yield fields or "nothing"
        yield ""


def reasons_part(room: str) -> Iterator[str]:
    """Give the reasons of a room with their words."""
    if find_spec(f"kompeten.{room}.labels") is None:
        return
    reasons = getattr(import_module(f"kompeten.{room}.labels"), "REASON", {})
    if not reasons:
        return
    yield "## Reasons for a no"
    yield ""
    yield from table(("code", "words"), [(f"`{c}`", str(t)) for c, t in sorted(reasons.items())])
    yield ""


def retention_page() -> str:
    """Return the table of what is held of people, on what ground and for how long, by default."""
    with translation.override("en"):
        rows = [
            (
                f"{kind.label}<br>`{kind.name}`",
                str(kind.purpose),
                str(kind.law),
                kind.time(),
                str(kind.then),
                "yes" if kind.erase else "no",
            )
            for kind in keeping.kinds()
        ]
    heads = ("what", "for what", "ground", "kept", "then", "can be erased when asked")
    return "\n".join(table(heads, rows))


def options_page() -> str:
    """Return the table of options."""
    rows = [(f"`{o.key}`", shown(o.default), by_profile(o), o.help) for o in settings.OPTION_TABLE]
    return "\n".join(table(("option", "default", "in a profile", "what it decides"), rows))


def by_profile(option: Any) -> str:
    """Return how the default differs by profile, and where a value is required."""
    said = [f"{p}: {shown(v)}" for p, v in option.by_profile.items() if not option.secret]
    said += [f"{p}: required" for p in sorted(option.required_in)]
    return ", ".join(said)


def shown(value: Any) -> str:
    """Return a default as a person would type it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"`{','.join(value)}`"
    return f"`{value}`" if value != "" else "–"


def followers_page() -> str:
    """Return which follower each event wakes, in the order of the rooms."""
    known = followers()
    rows = []
    for room in settings.ROOMS:
        for chart in charts(room):
            for event in chart.events:
                woken = sorted(n for n, f in known.items() if event in f.events)
                if woken:
                    rows.append((f"`{event}`", ", ".join(f"`{n}`" for n in woken)))
    return "\n".join(table(("event", "wakes"), rows))


def events_page() -> str:
    """Return every event of the house by room."""
    rows = [
        (
            f"[{room}](../rooms/{room}.md)",
            f"`{chart.name}`",
            ", ".join(f"`{e}`" for e in chart.events),
        )
        for room in settings.ROOMS
        for chart in charts(room)
    ]
    return "\n".join(table(("room", "record", "events"), rows))


def commands_page() -> str:
    """Return every command with its arguments."""
    rows = []
    for words, parser in commands(cli._parser([]), "kompeten"):
        asked = [a for a in parser._actions if a.dest not in {"help", "json"}]
        shown = [a for a in asked if a.help != argparse.SUPPRESS]
        arguments = "<br>".join(f"{argument(a)} {a.help or ''}".strip() for a in shown)
        rows.append((f"`{words}`", parser.description or "", arguments))
    return "\n".join(table(("command", "what it does", "arguments"), rows))


def commands(
    parser: argparse.ArgumentParser, words: str
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Give every command below `parser` with its words."""
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for group in below:
        for word, inner in group.choices.items():
            yield from commands(inner, f"{words} {word}")
    if not below:
        yield words, parser


def argument(action: argparse.Action) -> str:
    """Return an argument as it is typed."""
    name = action.option_strings[-1] if action.option_strings else action.dest.upper()
    takes = action.option_strings and action.nargs != 0
    return f"`{name}{' ' + (action.metavar or action.dest.upper()) if takes else ''}`"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Give the lines of a Markdown table."""
    columns = list(head)
    yield "| " + " | ".join(columns) + " |"
    yield "|" + " --- |" * len(columns)
    for row in rows:
        yield "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in row) + " |"


def state(name: str) -> str:
    """Return a state as it stands in a sentence."""
    return name.replace("_", " ")


def roles(held: Iterable[str]) -> str:
    """Return roles in a stable order."""
    return ", ".join(sorted(str(role) for role in held)) or "nobody"


def named(facts: type | None) -> str:
    """Return the name of a facts class."""
    return f"`{facts.__name__}`" if facts else ""


def says(thing: Any) -> str:
    """Return the first paragraph of a docstring in one line."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def spelled(hint: Any) -> str:
    """Return a type as it is written in the code."""
    return (
        getattr(hint, "__name__", str(hint))
        if not getattr(hint, "__args__", None)
        else (str(hint).replace("kompeten.", "").replace("typing.", "").replace("datetime.", ""))
    )


def main() -> int:
    """Write the parts, or say which are not in step."""
    with translation.override("en"):
        wanted = pages()
    there = {
        p.relative_to(TARGET).as_posix(): p.read_text(encoding="utf-8") for p in TARGET.rglob("*.*")
    }
    stale = sorted(n for n in wanted.keys() | there.keys() if wanted.get(n) != there.get(n))
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/generated/{name} is not in step; say `make docs`")
        return 1 if stale else 0
    for name in stale:
        path = TARGET / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
