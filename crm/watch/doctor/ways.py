"""How people come to Mitra: the address they use, the names it answers to, and the proxy in between."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.http.request import validate_host

from crm.watch.findings import Finding
from crm.watch.requests import HEADER

PATIENCE = 3.0


def looked_at() -> Iterator[Finding]:
    yield hosts()
    yield proxy()


def hosts() -> Finding:
    """The address in every e-mail has to be one Mitra answers to."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS and not settings.DEBUG:
        mend = f"Set ALLOWED_HOSTS={host}: with * a stranger chooses what name stands in links."
        return Finding("hosts", False, "ALLOWED_HOSTS allows every name", is_vital=False, mend=mend)
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        mend = f"Add {host} to ALLOWED_HOSTS, or set BASE_URL to the address people use."
        return Finding("hosts", False, f"BASE_URL says {host}, which ALLOWED_HOSTS does not have", mend=mend)
    if settings.BASE_URL not in settings.CSRF_TRUSTED_ORIGINS:
        mend = f"Add {settings.BASE_URL} to CSRF_TRUSTED_ORIGINS, or leave that setting out."
        return Finding("hosts", False, "forms sent from BASE_URL are not trusted", mend=mend)
    return Finding("hosts", True, f"{host} is answered")


def proxy() -> Finding:
    """The address as a person asks for it, through everything in between."""
    if settings.HTTPS and not settings.SECURE_PROXY_SSL_HEADER:
        mend = "Set BEHIND_PROXY=true and let the proxy set X-Forwarded-Proto, and remove what visitors send under that name."
        said = "BASE_URL is https, and no proxy is trusted to say so: pages would lead to themselves for ever"
        return Finding("proxy", False, said, mend=mend)
    address = f"{settings.BASE_URL}/accounts/login/"
    try:
        answer = httpx.get(address, timeout=PATIENCE, follow_redirects=False, trust_env=False)
    except httpx.HTTPError as error:
        mend = "Start the web part, and look whether this machine may ask for its own address from inside."
        return Finding("proxy", False, f"{address} does not answer ({type(error).__name__})", is_vital=False, mend=mend)
    wrong, mend = _wrong(answer, address)
    return Finding("proxy", not wrong, wrong or f"{address} answers {answer.status_code}", is_vital=False, mend=mend)


def _wrong(answer: httpx.Response, address: str) -> tuple[str, str]:
    if answer.is_redirect and answer.headers.get("Location", "") == address:
        return "the page leads to itself", "Let the proxy set X-Forwarded-Proto to the scheme people use."
    if answer.status_code == 400:
        return "the name is refused", "Let the proxy hand on the Host people ask for, and put that into ALLOWED_HOSTS."
    if HEADER not in answer.headers:
        return (
            f"something else than Mitra answers ({answer.status_code})",
            "Look at BASE_URL and at where the proxy leads.",
        )
    return "", ""
