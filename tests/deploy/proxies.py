"""A proxy as deploy/ configures it, on ports of its own, before a small web server that tells what it was asked."""

import contextlib
import datetime as dt
import ssl
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripts.test_services import where_root_looks

NAME = "mitra.example.com"
NGINX = where_root_looks("nginx")


class Asked(BaseHTTPRequestHandler):
    """Answers with the headers it got, and with one of its own as Mitra sets it."""

    def do_GET(self) -> None:
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_words: object) -> None:
        """The test's own output stays readable."""


@contextlib.contextmanager
def behind() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def certificate(folder: Path) -> None:
    """fullchain.pem and privkey.pem, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, pkcs8, plain))


@dataclass
class Answer:
    status: int
    headers: Message
    body: str


def ask(port: int, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
    """Over TLS, as a browser that was told where the name leads."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    asked = urllib.request.Request(f"https://127.0.0.1:{port}{path}", body, {"Host": NAME} | (headers or {}))
    try:
        with urllib.request.urlopen(asked, context=trusting, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())
    except HTTPError as error:
        return Answer(error.code, error.headers, error.read().decode())
