"""One question over HTTPS: short timeouts, no redirects, answers of a reasonable size, and every failure as one of ours.

Keys travel in headers or in the query and are never part of what is said about a failure.
"""

import datetime as dt
import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from campaigns.results.fetching.providers import Busy, Failed, GaveUp

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
MOST_BYTES = 1024 * 1024
LONGEST_WAIT = dt.timedelta(days=1)
QUOTA = dt.timedelta(hours=1)


def ask(
    address: str,
    params: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
    timeout: httpx.Timeout = TIMEOUT,
) -> dict[str, Any]:
    """The object a platform answers with. Raises Failed, GaveUp or Busy."""
    try:
        with (
            httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", address, params=dict(params), headers=dict(headers or {})) as answer,
        ):
            body = _body(answer)
            status, said = answer.status_code, answer.headers
    except httpx.TimeoutException:
        raise Failed("it did not answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise Failed("it cannot be reached") from None
    _check(status, said, body)
    return _object(body)


def _body(answer: httpx.Response) -> bytes:
    body = b""
    for part in answer.iter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            raise Failed("its answer is too long")
    return body


def _check(status: int, said: Mapping[str, str], body: bytes) -> None:
    """What a status means for us: who is wrong, and when to ask again."""
    if status == 200:
        return
    if status == 401:
        raise Busy("401: the key is not accepted", again_after=LONGEST_WAIT)
    if status == 403:
        raise Busy("403: not allowed, or the quota is used up", again_after=_wait(said) or QUOTA)
    if status == 429:
        raise Busy("429: too many questions", again_after=_wait(said) or QUOTA)
    if status in (404, 410):
        raise GaveUp(f"{status}: it is not there")
    if 400 <= status < 500:
        raise _refused(status, body)
    raise Failed(f"{status}: something is wrong over there", again_after=_wait(said))


OVER_QUOTA = {4, 17, 32, 613, 80002}
BAD_TOKEN = {102, 190}


def _refused(status: int, body: bytes) -> Failed:
    """The Graph API says with 400 what others say with 401, 403 and 429: its codes tell them apart."""
    try:
        code = _object(body)["error"]["code"]
    except (Failed, KeyError, TypeError):
        return GaveUp(f"{status}: it does not understand the question")
    if code in BAD_TOKEN:
        return Busy(f"{status} ({code}): the key is not accepted", again_after=LONGEST_WAIT)
    if code in OVER_QUOTA:
        return Busy(f"{status} ({code}): the quota is used up", again_after=QUOTA)
    return GaveUp(f"{status} ({code if isinstance(code, int) else '?'}): it does not tell of this one")


def _wait(said: Mapping[str, str]) -> dt.timedelta | None:
    """Retry-After in seconds or as a date; at most a day."""
    text = said.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(dt.timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        until, sent = parsedate_to_datetime(text), parsedate_to_datetime(said.get("date", ""))
        return min(max(until - sent, dt.timedelta()), LONGEST_WAIT)
    except (TypeError, ValueError):
        return None


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Failed("its answer is not JSON") from None
    if not isinstance(said, dict):
        raise Failed("its answer is not an object")
    return said


def count_in(said: Any, name: str) -> int | None:
    """A count as platforms write them, numbers or text; None where it is hidden or says something else."""
    value = said.get(name) if isinstance(said, dict) else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value < 10**15 else None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 15:
        return int(value)
    return None
