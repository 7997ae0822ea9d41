"""`kompeten node init|serve|return` at a site, `kompeten node register|pack|unpack` at headquarters."""

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path
from secrets import SystemRandom
from typing import TYPE_CHECKING

from django.conf import settings

from kompeten.exams import queries as exams
from kompeten.foundation import clock, words
from kompeten.kernel.actors import Actor
from kompeten.node import actions, queries
from kompeten.node.terms import Load, ParcelRefused
from kompeten.ops import operator, site
from kompeten.ops.commands import Misuse, No, command, noun
from kompeten.ops.output import answer, progress

if TYPE_CHECKING:
    from kompeten.ops.commands import Sub

PROFILE = "KOMPETEN_PROFILE"


def register(sub: "Sub") -> None:
    """Add the noun with its verbs."""
    verbs = noun(sub, "node", help="sittings at a site without internet, and back")
    _at_the_site(verbs)
    _at_headquarters(verbs)


def _at_the_site(verbs: "Sub") -> None:
    init = command(verbs, "init", help="make this laptop a node", handler=_init, tables=False)
    init.add_argument("--name", required=True, help="what the site is called")
    init.add_argument("--to", type=Path, metavar="FILE", help="write the card here as well")
    serve = command(
        verbs, "serve", help="hold the sittings given to it", handler=_serve, tables=False
    )
    serve.add_argument(
        "parcel", nargs="?", type=Path, metavar="PARCEL", help="take this one in first"
    )
    serve.add_argument("--host", help="address to listen on (option host)")
    serve.add_argument("--port", type=int, help="port to listen on (option port)")
    serve.add_argument("--address", help="what phones open, if it is not found by itself")
    serve.add_argument("--copy", type=Path, metavar="DIR", help="second copy, on another disk")
    back = command(
        verbs, "return", help="write what was kept, sealed", handler=_return, tables=False
    )
    back.add_argument("--to", type=Path, required=True, metavar="FILE")
    back.add_argument("--sitting", metavar="REF", help="of which sitting, if it holds several")
    back.add_argument(
        "--since", type=int, default=0, metavar="N", help="only what came after row N"
    )


def _at_headquarters(verbs: "Sub") -> None:
    known = command(verbs, "register", help="make a node known by its card", handler=_register)
    known.add_argument("card", type=Path, metavar="CARD")
    pack = command(verbs, "pack", help="seal a sitting for a node", handler=_pack)
    pack.add_argument("sitting", metavar="SITTING")
    pack.add_argument("--node", required=True, metavar="REF")
    pack.add_argument("--to", type=Path, required=True, metavar="FILE")
    unpack = command(verbs, "unpack", help="take in what came back", handler=_unpack)
    unpack.add_argument("files", type=Path, nargs="+", metavar="FILE")


def _init(args: argparse.Namespace) -> int:
    try:
        card, path = actions.make(args.name, rng=SystemRandom())
    except ParcelRefused as refusal:
        raise Misuse(words.reason(refusal.code)) from refusal
    text = json.dumps(asdict(card), ensure_ascii=False)
    if args.to:
        args.to.write_text(text + "\n", encoding="utf-8")
    lines = [
        f"node {card.ref}: {card.name}",
        f"card: {args.to or path}",
        "as text, for a QR code:",
        text,
    ]
    answer(args, {"node": asdict(card), "card": str(args.to or path)}, lines)
    return 0


def _serve(args: argparse.Namespace) -> int:
    if os.environ.get(PROFILE, "node") != "node":
        raise Misuse(f"an exam site is served in profile node; unset {PROFILE} or set it to node")
    if args.copy is not None and not args.copy.is_dir():
        raise Misuse(f"{args.copy} is no folder")
    site.become(KOMPETEN_PROFILE="node")
    host, port = args.host or settings.OPTIONS.host, args.port or settings.OPTIONS.port
    address = (args.address or site.address(host, port)).rstrip("/")
    copy = str(args.copy.resolve()) if args.copy else ""
    site.become(KOMPETEN_PUBLIC_URL=address, KOMPETEN_SITE_COPY=copy)
    if args.parcel is not None:
        load = _taken(args.parcel)
        progress(f"taken in: {load.sitting.title}, {len(load.seats)} seats")
    held = queries.loads()
    if not held:
        raise Misuse("no parcel was taken in yet; say which: kompeten node serve PARCEL")
    pin = actions.new_pin(rng=SystemRandom())
    said = {"address": address, "pin": pin, "sittings": [load.sitting.ref for load in held]}
    answer(args, said, _welcome(address, pin, held, args.copy))
    site.serve(host=host, port=port)
    return 0


def _welcome(address: str, pin: str, held: list[Load], copy: Path | None) -> list[str]:
    return [
        *(f"{load.sitting.title}: {len(load.seats)} seats" for load in held),
        f"candidates:  {address}/",
        f"wall:        {address}/ujian/dinding/",
        f"board:       {address}/ujian/papan/   PIN {pin}",
        f"second copy: {copy}" if copy else "second copy: none; name another disk with --copy",
        "Ctrl-C stops it; nothing is lost by that.",
    ]


def _return(args: argparse.Namespace) -> int:
    held = [load for load in queries.loads() if args.sitting in (None, load.sitting.ref)]
    if len(held) != 1:
        names = ", ".join(load.sitting.ref for load in queries.loads()) or "none"
        raise Misuse(f"say which sitting with --sitting; this node holds: {names}")
    size = actions.give_back_to(args.to, held[0], since=args.since, at=clock.now())
    said = {"file": str(args.to), "bytes": size, "parcel": held[0].parcel}
    answer(args, said, [f"{args.to}: {size} bytes for headquarters"])
    return 0


def _register(args: argparse.Namespace) -> int:
    try:
        card = queries.read_card(args.card.read_bytes())
    except ParcelRefused as refusal:
        raise Misuse(f"{args.card}: {words.reason(refusal.code)}") from refusal
    node = actions.register(card, by=_coordinator(), at=clock.now())
    answer(args, {"node": node.ref, "name": node.name}, [f"node {node.ref}: {node.name}"])
    return 0


def _pack(args: argparse.Namespace) -> int:
    by, at = _coordinator(), clock.now()
    sitting, node = exams.sitting(args.sitting, by), queries.by_ref(args.node)
    if sitting is None:
        raise Misuse(f"no sitting has the reference {args.sitting}")
    if node is None:
        raise Misuse(f"no node has the reference {args.node}; register its card first")
    house, handin = settings.OPTIONS.body_name, site.handin()
    parcel, content = actions.pack(
        sitting, node, handin=handin, house=house, by=by, at=at, rng=SystemRandom()
    )
    args.to.write_bytes(content)
    said = {
        "parcel": parcel.ref,
        "file": str(args.to),
        "seats": parcel.seats,
        "bytes": len(content),
    }
    answer(
        args,
        said,
        [f"parcel {parcel.ref}: {parcel.seats} seats, {len(content)} bytes in {args.to}"],
    )
    return 0


def _unpack(args: argparse.Namespace) -> int:
    by, found = _coordinator(), []
    for path in args.files:
        try:
            found.append(actions.unpack(path.read_bytes(), by=by, at=clock.now()))
        except ParcelRefused as refusal:
            raise No(f"{path}: {words.reason(refusal.code)}") from refusal
    lines = []
    for path, done in zip(args.files, found, strict=True):
        lines.append(f"{path}: {done.rows} rows, {done.fresh} new")
        lines += [f"    set aside, {n}: {words.reason(code)}" for code, n in done.refused.items()]
        if not done.whole:
            lines.append("    cut off: what was whole is taken; bring the rest again")
    answer(args, {"parcels": [asdict(done) for done in found]}, lines)
    return 0 if all(done.whole and not done.refused for done in found) else 1


def _taken(path: Path) -> Load:
    try:
        return actions.take_in(path.read_bytes())
    except ParcelRefused as refusal:
        raise No(f"{path}: {words.reason(refusal.code)}") from refusal


def _coordinator() -> Actor:
    return operator.coordinator(at=clock.now())
