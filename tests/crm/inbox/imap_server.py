"""A real IMAP server (Dovecot) on a port of its own, with one mailbox that is empty at the start."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from crm.config.serving.children import spawn, stop
from scripts.test_services import dovecot_bin, free_port, wait_until

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
mail_uid = {user}
mail_gid = {group}
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
passdb {{
  driver = static
  args = password=rahasia
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Imap:
    """The running server, and the mailbox as its owner sees it."""

    port: int
    user: str = "kotak"
    password: str = "rahasia"

    @property
    def url(self) -> str:
        return f"imap://{self.user}:{self.password}@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def line(self) -> Iterator[imaplib.IMAP4]:
        line = imaplib.IMAP4("127.0.0.1", self.port)
        try:
            line.login(self.user, self.password)
            line.select("INBOX")
            yield line
        finally:
            line.logout()

    def put(self, *mails: bytes) -> None:
        with self.line() as line:
            for mail in mails:
                said, answer = line.append("INBOX", "", "", mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
                assert said == "OK", answer

    def unseen(self) -> int:
        with self.line() as line:
            return len(line.search(None, "UNSEEN")[1][0].split())

    def empty(self) -> None:
        with self.line() as line:
            if line.search(None, "ALL")[1][0]:
                line.store("1:*", "+FLAGS", r"\Deleted")
                line.expunge()


@contextmanager
def dovecot() -> Iterator[Imap]:
    """Started here, stopped here; keeps nothing afterwards."""
    binary = dovecot_bin()
    assert binary is not None
    folder = Path(tempfile.mkdtemp(prefix="mitra-imap-", dir="/tmp"))  # a socket path must be short
    user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    account = pwd.getpwnam(user)
    group = subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True).stdout.strip()
    server = Imap(free_port())
    for name in ("mail", "home", "run", "state"):
        (folder / name).mkdir()
        if os.geteuid() == 0:
            os.chown(folder / name, account.pw_uid, account.pw_gid)
    folder.chmod(0o755)
    config = folder / "dovecot.conf"
    config.write_text(CONFIG.format(folder=folder, user=user, group=group, port=server.port))
    child = spawn([str(binary), "-F", "-c", str(config)], output=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(server.port), "Dovecot")
        yield server
    finally:
        stop([child], within=5)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
        return line.recv(4) == b"* OK"
    return False
