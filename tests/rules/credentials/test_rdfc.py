"""Do the same statements always give the same bytes, whatever their nodes are called?"""

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.foundation.vc import rdfc
from kompeten.foundation.vc.statements import Quad
from tests.make.linked import by_oxigraph

NODES = [f"_:n{n}" for n in range(6)]
QUADS = st.builds(
    Quad,
    st.sampled_from(NODES),
    st.sampled_from(["<urn:p>", "<urn:q>"]),
    st.sampled_from([*NODES, "<urn:o>", '"text"']),
    st.just(""),
)
GRAPHS = st.sets(QUADS, min_size=1, max_size=12)


@given(GRAPHS)
def test_the_bytes_are_those_of_another_implementation(quads: set[Quad]) -> None:
    assert rdfc.canonical(quads) == by_oxigraph(rdfc.line(quad) for quad in quads)


@given(GRAPHS, st.permutations(NODES))
def test_the_names_of_nodes_do_not_matter(quads: set[Quad], other: list[str]) -> None:
    renamed = dict(zip(NODES, other, strict=True))

    said = {Quad(*(renamed.get(part, part) for part in quad)) for quad in quads}

    assert rdfc.canonical(said) == rdfc.canonical(quads)


def clique(size: int) -> set[Quad]:
    """Return a graph in which every node points at every other."""
    return {
        Quad(f"_:{a}", "<urn:p>", f"_:{b}", "") for a, b in product(range(size), repeat=2) if a != b
    }


def test_nodes_that_only_their_neighbours_tell_apart_get_names() -> None:
    assert rdfc.canonical(clique(4)).startswith(b"_:c14n0 <urn:p> _:c14n1 .\n")


@pytest.mark.parametrize("size", [8, 12, 40])
def test_a_poisonous_graph_is_refused_at_once(size: int) -> None:
    begun = time.monotonic()

    with pytest.raises(rdfc.Poisoned):
        rdfc.canonical(clique(size))

    # By far more than it takes (0.2 s), and by far less than trying every way would.
    assert time.monotonic() - begun < 20


def test_a_chain_longer_than_can_be_followed_is_refused() -> None:
    chain = {Quad(f"_:{n}", "<urn:p>", f"_:{n + 1}", "") for n in range(3_000)}

    with pytest.raises(rdfc.Poisoned):
        rdfc.canonical(chain)
