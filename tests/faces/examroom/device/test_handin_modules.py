"""Do devices draw codes that cameras read, and make the same codes, files and frames as the server reads?"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page

from kompeten.exams.rules import handfile, handin
from kompeten.exams.terms.vault import Stated
from tests.faces.examroom.browsers import served

VECTORS = json.loads(
    (Path(__file__).parents[3] / "make" / "handin_vectors.json").read_text(encoding="utf-8")
)
ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LONGEST = {"byte": 666, "alnum": 970}  # what version 20-M holds


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """Return an empty page beside the modules."""
    with served() as address:
        page = chromium.new_page()
        page.goto(address)
        yield page
        page.close()


def run(page: Page, body: str, given: Any = None) -> Any:
    """Return what the body of an async function comes to; modules come by `use("qr")`."""
    return page.evaluate(
        f"async (given) => {{ const use = (name) => import(`/${{name}}.js`); {body} }}", given
    )


def matrices(page: Page, texts: list[str]) -> list[dict[str, Any]]:
    return run(  # type: ignore[no-any-return]
        page,
        """const { matrix } = await use("qr");
        return given.map((text) => { const made = matrix(text); return { ...made, dark: [...made.dark] }; });""",
        texts,
    )


def picture(made: dict[str, Any], *, scale: int = 4) -> "np.ndarray[Any, Any]":
    """Return a code as a camera sees it: black on white, with its quiet zone."""
    dark = np.array(made["dark"], dtype=np.uint8).reshape(made["size"], made["size"])
    light = np.where(np.pad(dark, 4) == 1, 0, 255).astype(np.uint8)
    return np.kron(light, np.ones((scale, scale), dtype=np.uint8))


def read(image: "np.ndarray[Any, Any]") -> list[str]:
    found = zxingcpp.read_barcodes(image, zxingcpp.barcode_formats_from_str("QRCode"))
    return [code.text for code in found if code.valid]


def texts(kind: str) -> list[str]:
    """Return texts of many lengths, one at each edge of a version among them."""
    rng = random.Random(45)
    signs = ALNUM if kind == "alnum" else "abcdefghijklmnopqrstuvwxyz-_.,!?#é"
    lengths = sorted({*range(1, 40), *range(40, LONGEST[kind], 13), LONGEST[kind]})
    made = ["".join(rng.choices(signs, k=n)) for n in lengths]
    if kind == "byte":
        made = [text.encode()[: LONGEST[kind]].decode("utf-8", "ignore") for text in made]
    return made


@pytest.mark.parametrize("kind", ["byte", "alnum"])
def test_cameras_read_what_is_drawn_at_every_length(page: Page, kind: str) -> None:
    wanted = texts(kind)

    made = matrices(page, wanted)

    assert [read(picture(one)) for one in made] == [[text] for text in wanted]
    assert {one["version"] for one in made} >= set(range(1, 21))
    assert len({one["mask"] for one in made}) >= 6


def test_a_code_is_read_though_part_of_it_is_worn_off(page: Page) -> None:
    text = "https://ujian.example/serah#" + VECTORS["codes"][0]["written"]
    (made,) = matrices(page, [text])
    image = picture(made)
    image[150:172, 90:112] = 255

    assert read(image) == [text]


def test_a_code_is_as_small_as_the_encoder_of_the_house_makes_it(page: Page) -> None:
    wanted = [*texts("byte")[::9], *texts("alnum")[::9]]

    sizes = [one["size"] for one in matrices(page, wanted)]

    other = [
        zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        .to_image(scale=1, add_quiet_zones=False)
        .shape[0]
        for text in wanted
    ]
    assert all(own <= theirs for own, theirs in zip(sizes, other, strict=True))


def test_what_is_too_long_for_a_code_is_refused(page: Page) -> None:
    why = run(
        page,
        """const { matrix } = await use("qr");
        try { matrix("a".repeat(given)); return ""; } catch (error) { return error.name; }""",
        LONGEST["byte"] + 1,
    )

    assert why == "RangeError"


@pytest.mark.parametrize("vector", VECTORS["codes"])
def test_a_device_makes_the_code_that_the_server_reads(page: Page, vector: dict[str, Any]) -> None:
    found = run(
        page,
        """const { pack, written, words } = await use("code"); const { unhex } = await use("sha256");
        const { stated, key } = given;
        return [written(pack(stated, unhex(key))), words(stated.attempt, stated.head)];""",
        vector,
    )

    assert found == [vector["written"], vector["words"]]
    key = bytes.fromhex(vector["key"])
    read_back = handin.unpack(handin.read(found[0].lower()), key_of=lambda _: key)
    assert read_back == Stated(**vector["stated"])


def test_base_45_goes_both_ways(page: Page) -> None:
    found = run(
        page,
        """const { encode, decode } = await use("base45");
        const bytes = Uint8Array.from({ length: 301 }, (_, n) => (n * 167) & 255);
        const known = ["AB", "Hello!!", "base-45", "ietf!"].map((text) => encode(new TextEncoder().encode(text)));
        let refused = 0;
        for (const text of ["A", "GGW", ":::", "a0", "::"]) { try { decode(text); } catch { refused++; } }
        return [known, [...decode(encode(bytes))].every((byte, n) => byte === bytes[n]), refused];""",
    )

    # Source: RFC 9285, section 4.3.
    assert found == [["BB8", "%69 VD92EX0", "UJCLQE7W581", "QED8WEX0"], True, 5]


def test_a_device_makes_the_file_that_the_server_reads(page: Page) -> None:
    (vector,) = VECTORS["files"]

    text = run(
        page,
        """const { file } = await use("frames");
        return new TextDecoder().decode(file(given));""",
        vector,
    )

    key = bytes.fromhex(vector["key"])
    assert json.loads(text)["tag"] == vector["tag"]
    handed = handfile.parse(text.encode(), key_of=lambda _: key)
    assert [len(some[0].links) for some in handed.chains] == [4, 2]


def test_a_device_cuts_and_packs_what_the_server_joins(page: Page) -> None:
    (vector,) = VECTORS["frames"]

    found = run(
        page,
        """const { cut, packed } = await use("frames"); const { unhex } = await use("sha256");
        const content = unhex(given.content);
        return [cut(content, given.size), cut(await packed(content), 64)];""",
        vector,
    )

    assert found[0] == vector["frames"]
    assert handfile.join(found[1]).content[:2] == b"\x1f\x8b"  # type: ignore[index]


def test_frames_are_gathered_until_they_are_whole(page: Page) -> None:
    frames = VECTORS["frames"][0]["frames"]

    found = run(
        page,
        """const { collect } = await use("frames");
        let held = null; const counts = [];
        for (const frame of given) { held = collect(held, frame); counts.push([held.have, held.of]); }
        return [counts, Object.values(held.frames)];""",
        [frames[2], frames[0], frames[0], frames[1]],
    )

    assert found == [[[1, 3], [2, 3], [2, 3], [3, 3]], frames]


def test_frames_of_another_device_begin_anew(page: Page) -> None:
    other = handfile.cut(b"x" * 300)

    found = run(
        page,
        """const { collect } = await use("frames");
        let held = null; for (const frame of given) held = collect(held, frame);
        return [held.have, held.of];""",
        [VECTORS["frames"][0]["frames"][0], other[0]],
    )

    assert found == [1, 2]
