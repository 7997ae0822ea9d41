"""Do we speak clamd's language, to a daemon of our own and to the real one?"""

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kompeten.applications.adapters import clamd
from kompeten.applications.adapters.clamd import Clamd
from kompeten.applications.ports import Scanned, ScannerSilent
from tests.make import clamd as make
from tests.make.clamd import EICAR


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[make.Clamd]:
    """Run a daemon of ours."""
    with make.listening(tmp_path / "clamd.ctl", longest=200_000) as server:
        yield server


def test_what_is_clean_is_clean_and_what_is_not_has_a_name(daemon: make.Clamd) -> None:
    scanner = Clamd(str(daemon.server_address))

    assert scanner.scan(b"") == Scanned()
    assert scanner.scan(b"x" * 150_000) == Scanned()
    assert scanner.scan(b"x" * 100_000 + EICAR) == Scanned(make.FOUND)
    assert [len(content) for content in daemon.scanned] == [0, 150_000, 100_068]
    assert scanner.version().startswith("ClamAV ")


def test_what_is_too_large_for_it_is_not_called_clean(daemon: make.Clamd) -> None:
    with pytest.raises(ScannerSilent, match=r"size limit|hung up"):
        Clamd(str(daemon.server_address)).scan(bytes(3_000_000))


def test_nobody_there_is_silence(tmp_path: Path) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
        for address in (str(tmp_path / "none.ctl"), f"127.0.0.1:{port}"):
            with pytest.raises(ScannerSilent):
                Clamd(address).scan(b"x")


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"stream: X ERROR\0"])
def test_another_answer_is_silence(said: bytes) -> None:
    def answer() -> None:
        line, _ = server.accept()
        with line:
            line.recv(1000)
            line.sendall(said)
            line.shutdown(socket.SHUT_WR)
            line.recv(1000)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(ScannerSilent):
            Clamd(f"127.0.0.1:{server.getsockname()[1]}").scan(b"x")
        thread.join()


def test_one_that_never_answers_is_silence_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clamd, "PATIENCE", 0.05)

    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(ScannerSilent):
        Clamd(f"127.0.0.1:{server.getsockname()[1]}").scan(b"x")


@pytest.mark.clamav
def test_the_real_daemon_finds_the_test_file_and_lets_a_paper_pass(tmp_path: Path) -> None:
    """A signature of our own is enough, so nothing is downloaded."""
    program = shutil.which("clamd")
    assert program, "Debian's clamav-daemon is not installed"
    signatures, ctl = tmp_path / "signatures", tmp_path / "clamd.ctl"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Eicar-Sendiri:0:*:{EICAR.hex()}\n")
    settings = tmp_path / "clamd.conf"
    settings.write_text(
        f"LocalSocket {ctl}\nDatabaseDirectory {signatures}\nForeground yes\n"
        f"LogFile {tmp_path}/clamd.log\nStreamMaxLength 1M\n"
    )
    with subprocess.Popen([program, "--config-file", str(settings)]) as process:
        try:
            scanner = Clamd(str(ctl))
            for _ in range(300):
                if ctl.exists() or process.poll() is not None:
                    break
                time.sleep(0.1)
            assert scanner.version().startswith("ClamAV ")
            assert scanner.scan(b"%PDF-1.4 a paper" * 5000) == Scanned()
            assert "Eicar-Sendiri" in scanner.scan(EICAR).found
            with pytest.raises(ScannerSilent):
                scanner.scan(bytes(20_000_000))
        finally:
            process.terminate()
