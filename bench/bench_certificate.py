"""What does one certificate cost, step by step, and what would the plain way of signing cost?

    python bench/bench_certificate.py [certificates]      default 200; milliseconds of CPU, medians

Each certificate bears another name and number, as in life: what can be kept from one to the next is
kept, and nothing else. The first one in a process costs 100 ms more and is left out. Budget: 15 ms
for a whole certificate; 3 ms for reading it back.
"""

import io
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from multiprocessing import get_context
from typing import Any

import scratch
from asn1crypto import x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kompeten.certificates.adapters import authority, credential, pades, pdf, seal, token, trustfile
from kompeten.certificates.adapters.keyfile import FileKeys
from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import (
    Body,
    Content,
    Decree,
    Issuer,
    Named,
    Scheme,
    Sealed,
    Signatory,
)
from kompeten.foundation import qr
from kompeten.register.adapters import trust
from kompeten.register.adapters.verify import verify
from kompeten.register.terms import Trust

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PASSPHRASE = b"bench"
BODY = "Lembaga Sertifikasi Profesi Kesejahteraan Sosial"
ISSUER = Issuer("did:web:lsp.example", "https://lsp.example/konteks/sertifikat-v1")
WORDS = pades.Words("Direktur", "Sertifikat Kompetensi", "Jakarta")

times: dict[str, list[float]] = defaultdict(list)


def content(n: int) -> Content:
    """Return the content of the nth person, with eight units."""
    units = [
        Named(f"PS.{u:02}", f"Unit kompetensi pekerjaan sosial {u}", f"Unit {u}") for u in range(8)
    ]
    return Content(
        number=f"88900 2635 2 {n:07} 2026",
        ref=f"K7X{n:07}",
        holder=f"Ni Luh Ayu {n} Dewi, S.Tr.Sos.",
        profession=Named("social_worker", "Pekerja Sosial", "Social Worker"),
        level=Named("generalist", "Generalis", "Generalist"),
        scheme=Scheme("SKM-PS-GEN", "3", "Pekerja Sosial Generalis", "Generalist Social Worker"),
        programme=None,
        units=tuple(units),
        decree=Decree("45/LSP/SK/XI/2026", date(2026, 11, 18)),
        legal_basis=("Undang-Undang Nomor 14 Tahun 2019 tentang Pekerja Sosial",),
        body=Body(BODY),
        signatory=Signatory("Drs. Wayan Suteja, M.Si.", "Direktur", "Director"),
        place="Jakarta",
        signed_on=date(2026, 11, 21),
        valid_from=date(2026, 11, 21),
        valid_until=date(2031, 11, 20),
        verify_url=f"https://sertifikasi.example.go.id/s/K7X{n:07}",
        is_demonstration=True,
    )


def timed(step: str, work: Callable[[], Any]) -> Any:
    """Do `work` and note the milliseconds of CPU of this process."""
    begin = time.process_time()
    done = work()
    times[step].append((time.process_time() - begin) * 1000)
    return done


def steps(of: Content, keys: FileKeys) -> Sealed:
    """Make one certificate as `seal` does, with a clock on each step."""
    key = keys.credential_signer
    timed("judge the content", lambda: rules.flaws(of))
    signed_json = timed(
        "credential", lambda: credential.issue(of, issuer=keys.issuer, signer=key, at=AT)
    )
    text = timed("QR token", lambda: token.issue(of, signer=key))
    timed("QR drawing (within the sheet)", lambda: qr.svg(text))
    sheet = timed(
        "sheet, PDF/A-3a and PDF/UA-1",
        lambda: pdf.render(of, credential_json=signed_json, qr_text=text, key_id=key.key_id, at=AT),
    )
    timed("signature, PAdES B-B", lambda: pades.sign(sheet, signer=keys.signer, words=WORDS, at=AT))
    return seal.sign(of, keys=keys, at=AT)


@cache
def plain_signer(keys: FileKeys) -> signers.SimpleSigner:
    """Return pyHanko's own signer with the same key, opened once."""
    chain = [x509.Certificate.load(der) for der in keys.chain]
    store = SimpleCertificateStore.from_certs(chain[:1])  # type: ignore[no-untyped-call]
    key = serialization.load_pem_private_key(keys.signing_pem, PASSPHRASE)
    encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    plain = PrivateKeyInfo.load(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return signers.SimpleSigner(signing_cert=chain[0], signing_key=plain, cert_registry=store)


def by_pyhanko(sheet: bytes, keys: FileKeys) -> None:
    """Sign the plain way."""
    meta = signers.PdfSignatureMetadata(
        field_name="Sig", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(sheet))
    signers.PdfSigner(meta, plain_signer(keys)).sign_pdf(writer)


def pooled(count: int, keys: FileKeys) -> float:
    """Return seconds per certificate with two worker processes, their start left out."""
    work = partial(seal.seal, keys=keys, at=AT)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(work, [content(n) for n in range(8)], chunksize=2))
        begin = time.monotonic()
        list(pool.map(work, [content(n) for n in range(1000, 1000 + count)], chunksize=8))
        return (time.monotonic() - begin) / count


def plain_sheet(of: Content, keys: FileKeys) -> bytes:
    """Return the sheet before it is signed."""
    key = keys.credential_signer
    signed_json = credential.issue(of, issuer=keys.issuer, signer=key, at=AT)
    text = token.issue(of, signer=key)
    return pdf.render(of, credential_json=signed_json, qr_text=text, key_id=key.key_id, at=AT)


def measure(count: int, keys: FileKeys, trusted: Trust) -> Sealed:
    """Make, read back and judge `count` certificates; return the last."""
    later = AT + timedelta(days=1)
    for n in range(1, count + 1):
        meant = content(n)
        made = steps(meant, keys)
        timed("reading back", partial(seal.read_back, made, content=meant, keys=keys))
        timed("whole certificate", partial(seal.seal, content(n + count), keys=keys, at=AT))
        handed_in = {"PDF": made.pdf, "credential": made.credential, "QR code": made.qr.encode()}
        for kind, data in handed_in.items():
            verdict = timed(f"verdict on a {kind}", partial(verify, data, trust=trusted, at=later))
            assert verdict.ok
        if n % 10 == 0:
            sheet = plain_sheet(meant, keys)
            timed("baseline: pyHanko signs the sheet", partial(by_pyhanko, sheet, keys))
    return made


def main(count: int) -> None:
    """Measure and print."""
    folder = scratch.folder() / "keys"
    keys = authority.create(
        folder, body=BODY, issuer=ISSUER, passphrase=PASSPHRASE, seed=bytes(32), at=AT
    )
    seal.seal(content(0), keys=keys, at=AT)
    by_pyhanko(plain_sheet(content(0), keys), keys)
    last = measure(count, keys, trust.load(folder / trustfile.TRUST_FILE))

    print(f"{'step':38} {'median':>8} {'best':>8}   (ms of CPU, {count} certificates)")
    for step, taken in times.items():
        print(f"{step:38} {statistics.median(taken):8.2f} {min(taken):8.2f}")
    ours = statistics.median(times["signature, PAdES B-B"])
    plain = statistics.median(times["baseline: pyHanko signs the sheet"])
    print(f"{'signature against the baseline':38} {plain / ours:8.0f} times faster")
    print(
        f"{'size':38} {len(last.pdf) / 1000:8.0f} kB sheet, {len(last.credential) / 1000:.1f} kB credential"
    )
    print(
        f"{'two processes':38} {pooled(count, keys) * 1000:8.2f} ms of wall clock per certificate"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
