"""Does the log commit to what happened, once, in order, whatever breaks on the way?"""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from kompeten.foundation import published
from kompeten.foundation.models import Cursor, Event
from kompeten.kernel.tlog import tiles
from kompeten.kernel.tlog.checkpoints import Checkpoint as Head
from kompeten.kernel.tlog.notes import Note
from kompeten.kernel.tlog.policies import Party, Policy
from kompeten.register import tasks
from kompeten.register.actions import log as actions
from kompeten.register.adapters import folder, notes
from kompeten.register.models import Checkpoint, Leaf, Node
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from kompeten.register.rules import log as rules
from kompeten.register.terms.log import LogForked, LogKeyMissing, SaltErased
from tests.make.register import events, key, rewriting
from tests.make.times import TUESDAY
from tests.make.tlogs import published as files_of

pytestmark = pytest.mark.django_db
PUBLISHED = Path(settings.DATA_DIR) / "published"


def appended(count: int, *, start: int = 1) -> list[Event]:
    """Write so many events and let the log follow."""
    written = events(count, start=start)
    follow()
    return written


def follow() -> None:
    """Let the follower work until nothing is left to do."""
    while tasks.log(at=TUESDAY):
        pass


def head() -> Head:
    """Return the published head, signed by the log."""
    own = logkeys.key().verifier
    opened = notes.opened(published.read(queries.HEAD), [own])
    assert own in opened.by
    return Head.parse(opened.note.text)


def rows() -> list[bytes]:
    """Return the entries as they lie in the table."""
    return [
        bytes(entry) for entry in Leaf.objects.order_by("index").values_list("entry", flat=True)
    ]


def faults() -> tuple[str, ...]:
    """Return what a stranger finds wrong with the published files."""
    ours = Policy((Party(logkeys.key().verifier),))
    return folder.examine(queries.read, policy=ours).faults


def assert_all_is_well(entries: int) -> None:
    """The rows have no gap, each event one entry, and the published files are exactly theirs."""
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == [*range(entries)]
    assert head().size == entries
    assert faults() == ()
    found = {path: (PUBLISHED / "log" / path).read_bytes() for path in files_of(rows())}
    assert found == files_of(rows())


# -- What it commits to -------------------------------------------------------------------------


def test_an_entry_is_a_salted_digest_and_says_nothing_by_itself() -> None:
    appended(1)
    (leaf,) = Leaf.objects.all()
    opening = queries.opening(leaf)

    assert len(bytes(leaf.entry)) == 33
    assert bytes(leaf.entry)[0] == 1
    assert rules.entry_of(opening) == bytes(leaf.entry)
    assert opening.statement.number == "000001/TKS-G/2026"
    assert opening.statement.type == "certificate.checked"
    assert opening.statement.pdf == f"sha256:{1:064x}"
    assert opening.statement.at == "2026-03-02T02:00:00.000000+00:00"
    published_bytes = b"".join(p.read_bytes() for p in PUBLISHED.rglob("*") if p.is_file())
    assert b"000001" not in published_bytes
    assert bytes.fromhex(opening.salt) not in published_bytes


def test_two_entries_that_say_the_same_look_different() -> None:
    (event,) = events(1)
    stated = rules.statements([event], history=Event.objects.filter(subject_id=1))[event.pk]

    assert rules.entry(stated, salt=b"a" * 32) != rules.entry(stated, salt=b"b" * 32)
    with pytest.raises(ValueError, match="32 bytes"):
        rules.entry(stated, salt=b"short")


def test_an_entry_states_what_was_so_when_it_happened() -> None:
    (first,) = events(1)
    Event.objects.create(
        type="certificate.signed", subject="certificate", subject_id=1, actor_role="system",
        at=TUESDAY, facts={"pdf": "sha256:new", "credential": "sha256:new"},
    )  # fmt: skip
    past = list(Event.objects.filter(subject_id=1).order_by("id"))

    assert rules.statements([first], history=past)[first.pk].pdf == f"sha256:{1:064x}"


@pytest.mark.parametrize("change", [{"salt": "00" * 32}, {"version": 2}])
def test_an_opening_that_was_changed_opens_nothing(change: dict[str, Any]) -> None:
    appended(1)
    opening = queries.opening(Leaf.objects.get())
    changed = type(opening)(**{"salt": opening.salt, "statement": opening.statement} | change)

    if "version" in change:
        with pytest.raises(ValueError, match="version 2"):
            rules.entry_of(changed)
    else:
        assert rules.entry_of(changed) != bytes(Leaf.objects.get().entry)


def test_an_opening_is_read_as_it_was_written_and_in_no_other_way() -> None:
    appended(1)
    opening = queries.opening(Leaf.objects.get())
    content = rules.opening_bytes(opening)
    capital = content.replace(opening.salt.encode(), opening.salt.upper().encode())

    assert rules.read_opening(content) == opening
    for wrong in (content + b" ", content[:-1], b"{}", b"[]", b"\xff", b'{"salt":"00"}', capital):
        with pytest.raises(ValueError, match="this is no opening"):
            rules.read_opening(wrong)


# -- How it grows -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 600])
def test_the_files_are_those_of_the_entries(count: int) -> None:
    appended(count)

    assert_all_is_well(count)


@hypothesis(max_examples=12)
@given(st.lists(st.integers(1, 190), min_size=1, max_size=6))
def test_however_it_is_split_the_same_entries_give_the_same_tree(batches: list[int]) -> None:
    shutil.rmtree(PUBLISHED, ignore_errors=True)
    with transaction.atomic():
        written = events(sum(batches))
        # The same salts, so that the same entries come about.
        dice = random.Random(7).randbytes
        for batch in batches:
            actions.append([written.pop(0) for _ in range(batch)], at=TUESDAY, draw=dice)
            actions.advance(at=TUESDAY)
        assert_all_is_well(sum(batches))
        salted = rows()
        transaction.set_rollback(True)
    with transaction.atomic():
        shutil.rmtree(PUBLISHED)
        actions.append(events(sum(batches)), at=TUESDAY, draw=random.Random(7).randbytes)
        actions.advance(at=TUESDAY)
        assert_all_is_well(sum(batches))
        assert rows() == salted
        transaction.set_rollback(True)


def test_each_event_is_logged_once_and_nothing_is_logged_of_others() -> None:
    appended(3)
    Event.objects.create(
        type="certificate.held",
        subject="certificate",
        subject_id=1,
        actor_role="system",
        at=TUESDAY,
    )
    before = rows()
    Cursor.objects.update(position=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        tasks.log(at=TUESDAY)
    assert rows() == before


def test_what_a_full_tile_overtakes_is_taken_away() -> None:
    appended(3)
    appended(250, start=4)
    partial = {p.relative_to(PUBLISHED).as_posix() for p in PUBLISHED.rglob("*.p/*")}
    assert "log/tile/0/000.p/3" in partial

    appended(10, start=300)

    left = {p.relative_to(PUBLISHED).as_posix() for p in PUBLISHED.rglob("*.p/*")}
    assert left == {"log/tile/0/001.p/7", "log/tile/1/000.p/1", "log/tile/entries/001.p/7"}


def test_a_quiet_log_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    appended(3)

    with full(monkeypatch, after=0):
        assert tasks.log(at=TUESDAY) == 0


def test_an_empty_log_publishes_nothing() -> None:
    assert tasks.log(at=TUESDAY) == 0
    assert not PUBLISHED.exists()
    assert queries.state().size == 0


# -- What breaks --------------------------------------------------------------------------------


@contextmanager
def breaking(table: str) -> Iterator[None]:
    """Let the database fail as it is about to write into a table."""

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT") and f'"{table}"' in sql:
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield


@contextmanager
def full(monkeypatch: pytest.MonkeyPatch, *, after: int) -> Iterator[None]:
    """Let the store of published files fill up after so many files."""
    left = after
    put = published.put

    def limited(name: str, content: bytes) -> None:
        nonlocal left
        if left == 0:
            raise OSError(28, "No space left on device")
        left -= 1
        put(name, content)

    with monkeypatch.context() as patch:
        patch.setattr(published, "put", limited)
        yield


@pytest.mark.parametrize("table", ["register_leaf", "register_node", "register_checkpoint"])
def test_a_failing_database_leaves_nothing_half_done(table: str) -> None:
    appended(200)
    events(120, start=201)

    with breaking(table), pytest.raises(OperationalError), transaction.atomic():
        follow()
    follow()

    assert_all_is_well(320)


@pytest.mark.parametrize("after", range(6))
def test_a_full_store_never_shows_a_head_without_its_files(
    monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    appended(200)
    events(120, start=201)

    with full(monkeypatch, after=after), pytest.raises(OSError, match="No space"):
        follow()
    assert head().size == 200
    assert faults() == ()
    follow()

    assert_all_is_well(320)


def test_a_head_that_was_signed_and_not_shown_is_shown_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events(3)
    with full(monkeypatch, after=2), pytest.raises(OSError, match="No space"):
        follow()
    assert Checkpoint.objects.get().size == 3
    assert published.find(queries.HEAD) is None

    follow()

    assert_all_is_well(3)


def test_files_that_were_lost_are_made_again_from_the_rows() -> None:
    appended(300)
    (PUBLISHED / "log/tile/0/000").unlink()
    (PUBLISHED / "log/tile/entries/001.p/44").write_bytes(b"")
    assert faults()

    actions.repair()

    assert_all_is_well(300)


# -- Nobody rewrites it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE register_leaf SET entry = salt WHERE leaf = 1",
        "UPDATE register_leaf SET salt = entry WHERE leaf = 1",
        "UPDATE register_leaf SET leaf = 9 WHERE leaf = 1",
        "UPDATE register_leaf SET event_id = 1 WHERE leaf = 1",
        "DELETE FROM register_leaf WHERE leaf = 2",
        "UPDATE register_checkpoint SET note = ''",
        "DELETE FROM register_checkpoint",
        "DELETE FROM register_node",
    ],
)
def test_the_database_refuses_to_rewrite_the_log(sql: str) -> None:
    appended(257)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_ledger_that_says_something_else_now_is_found_out() -> None:
    appended(2)
    leaf = queries.leaves(Bare(2))[0]
    assert queries.opening(leaf)

    with rewriting():
        Event.objects.filter(subject_id=2, type="certificate.signed").update(
            facts={"pdf": "sha256:other", "credential": "sha256:other"}
        )

    with pytest.raises(LogForked, match="commits to something else"):
        queries.opening(queries.leaves(Bare(2))[0])


def test_a_database_from_an_old_copy_does_not_start_a_second_history() -> None:
    appended(5)
    note = published.read(queries.HEAD)
    older = Head.parse(Note.parse(note).text)
    # As if these rows were what an old copy holds, and the world had seen seven entries.
    seen = signed(Head(older.origin, 7, bytes(32)))
    published.put(queries.HEAD, seen)
    events(4, start=6)

    with pytest.raises(LogForked, match="7 entries were published, 5 are here"):
        actions.advance(at=TUESDAY)

    assert published.read(queries.HEAD) == seen


def test_rows_that_differ_from_what_was_published_are_not_signed() -> None:
    appended(5)
    older = Head.parse(Note.parse(published.read(queries.HEAD)).text)
    published.put(queries.HEAD, signed(Head(older.origin, 4, bytes(32))))
    events(1, start=6)

    with pytest.raises(LogForked, match="the first 4 entries are others"):
        follow()
    assert Checkpoint.objects.count() == 1


def test_another_key_does_not_go_on_with_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    appended(2)
    events(1, start=3)
    other = key(logkeys.key().verifier.name, kind=1)
    monkeypatch.setattr(logkeys, "key", lambda: other)

    with pytest.raises(LogForked, match="signed by another log"):
        follow()


def test_a_lost_key_is_not_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    made = logkeys.key()
    assert (tmp_path / "log" / "log.key").exists()
    assert made.verifier.name == "127.0.0.1:8000/log"
    monkeypatch.undo()
    appended(1)

    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "elsewhere")
    with pytest.raises(LogKeyMissing, match="bring it back"):
        logkeys.key()


# -- Proofs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", [0, 255, 256, 599])
def test_every_entry_is_proven_by_few_questions(
    index: int, django_assert_max_num_queries: Any
) -> None:
    appended(600)
    leaf = Leaf.objects.select_related("event").get(pk=index)

    with django_assert_max_num_queries(8):
        found = queries.proof(leaf)

    assert found is not None
    log, _ = folder.proof.verify_proof(found.text, bytes(leaf.entry), policy=logkeys.policy())
    assert log.code == "log.holds"


def test_an_entry_under_no_head_has_no_proof_yet() -> None:
    actions.append(events(1), at=TUESDAY, draw=random.Random(1).randbytes)

    assert queries.proof(Leaf.objects.get()) is None


def test_one_head_grew_out_of_every_older_one() -> None:
    for start in (1, 100, 300):
        appended(199, start=start)
    sizes = [0, *Checkpoint.objects.order_by("size").values_list("size", flat=True)]
    assert len(sizes) == 4

    for old in sizes:
        for new in [size for size in sizes if size >= old]:
            proof = queries.growth(old, new)
            tiles_root = queries.root
            folder.merkle.check_consistency(old, tiles_root(old), new, tiles_root(new), proof)


def test_nodes_stand_over_full_tiles_only() -> None:
    appended(600)

    assert list(Node.objects.order_by("index").values_list("level", "index")) == [(1, 0), (1, 1)]
    assert tiles.count(1, 600) == 2


# -- Helpers ------------------------------------------------------------------------------------


class Bare:
    """A certificate as far as the log needs one: its key."""

    def __init__(self, pk: int) -> None:
        self.pk = pk


def signed(head: Head) -> bytes:
    """Return a head signed by the log itself."""
    return str(Note(head.text, (notes.signed(head.text, logkeys.key()),))).encode()


# -- After an old backup ------------------------------------------------------------------------


@contextmanager
def older_database(lost: int) -> Iterator[None]:
    """Let the last entries be missing from the rows, as in a database from an older copy."""
    keep = queries.size() - lost
    marks = {Leaf: "index", Node: "index", Checkpoint: "size"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in marks:
            table = model._meta.db_table
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER keep_{table}_delete")
    Leaf.objects.filter(index__gte=keep).delete()
    Node.objects.filter(index__gte=tiles.count(1, keep)).delete()
    Checkpoint.objects.filter(size__gt=keep).delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in marks:
                cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
    yield


def test_what_an_old_copy_lacks_is_recovered_and_the_log_goes_on() -> None:
    appended(250)
    appended(60, start=251)
    before = rows()
    with older_database(lost=60):
        events(3, start=400)
        with pytest.raises(LogForked, match="310 entries were published, 250 are here"):
            follow()

        assert actions.recover(at=TUESDAY) == 60
        assert actions.recover(at=TUESDAY) == 0
        follow()

    assert rows()[:310] == before
    assert_all_is_well(313)
    assert list(queries.flaws()) == []
    with pytest.raises(SaltErased):
        queries.opening(Leaf.objects.get(pk=300))


def test_published_files_that_were_tampered_with_are_not_taken_in() -> None:
    appended(10)
    appended(5, start=11)
    with older_database(lost=5):
        path = PUBLISHED / "log/tile/entries/000.p/15"
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

        with pytest.raises(LogForked, match="others than those that were published"):
            actions.recover(at=TUESDAY)
        assert queries.size() == 10


def test_a_recovered_entry_cannot_be_given_a_meaning_later() -> None:
    appended(2)
    with older_database(lost=1):
        actions.recover(at=TUESDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Leaf.objects.filter(index=1).update(event=Event.objects.latest("id"))
