"""A second copy grows on another disk; it comes and goes, and headquarters takes it as it is."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from kompeten.node import actions, queries
from kompeten.node.terms import NoteKind
from tests.make import node
from tests.make.exams import CLOSES, KARTIKA, OPENS

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_the_copy_is_a_parcel_that_can_be_taken_in_at_any_time(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    usb = tmp_path / "usb"
    usb.mkdir()
    with node.at_site(tmp_path / "ende"):
        copier = actions.Copier(usb)
        first = node.worked(load, seed=1)
        copied = copier.step(at=OPENS)
        idle = copier.step(at=OPENS + SECOND)
        second = node.worked(load, seed=2)
        again = copier.step(at=OPENS + 2 * SECOND)
        copier.close()
    (path,) = usb.glob("*.parsel")

    done = actions.unpack(path.read_bytes(), by=KARTIKA, at=CLOSES)

    assert (copied, idle, again) == (len(first), 0, len(second))
    assert (done.whole, done.rows) == (False, len(first) + len(second))
    assert node.vault_of(entries) == {*first, *second}


def test_a_disk_that_goes_away_is_noted_and_begun_anew_when_it_is_back(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    usb = tmp_path / "usb"
    usb.mkdir()
    with node.at_site(tmp_path / "ende"):
        copier = actions.Copier(usb)
        first = node.worked(load, seed=1)
        copier.step(at=OPENS)
        shutil.rmtree(usb)
        second = node.worked(load, seed=2)
        gone = [copier.step(at=OPENS + n * SECOND) for n in (1, 2)]
        away = queries.copy_is_away()
        usb.mkdir()
        back = copier.step(at=OPENS + 3 * SECOND)
        noted = [n.said["away"] for n in node.site_notes() if n.kind is NoteKind.COPY]
        now_away = queries.copy_is_away()
        copier.close()
    (path,) = usb.glob("*.parsel")

    done = actions.unpack(path.read_bytes(), by=KARTIKA, at=CLOSES)

    assert (gone, back) == ([0, 0], len(first) + len(second))
    assert (noted, away, now_away) == ([True, False], True, False)
    assert done.rows == len(first) + len(second)
    assert node.vault_of(entries) == {*first, *second}


def test_a_copy_cut_off_within_a_block_still_gives_the_rest(tmp_path: Path) -> None:
    _, entries, load = node.given(tmp_path / "ende")
    usb = tmp_path / "usb"
    usb.mkdir()
    with node.at_site(tmp_path / "ende"):
        copier = actions.Copier(usb)
        first = node.worked(load, seed=1)
        copier.step(at=OPENS)
        node.worked(load, seed=2)
        copier.step(at=OPENS + SECOND)
        copier.close()
    (path,) = usb.glob("*.parsel")

    actions.unpack(path.read_bytes()[:-7], by=KARTIKA, at=CLOSES)

    assert node.vault_of(entries) == set(first)
