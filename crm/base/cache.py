"""A throttle cache that fails open: with Redis dead or black-holed, pages work and a log line says so."""

import time
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


SILENT_AFTER_FAILURE = 2.0  # seconds: a sign-in asks eight times, and must not wait for a dead cache each time

_silent_until = 0.0


class FailOpenRedisCache(RedisCache):
    def _open(self, name: str, fallback: Any, *args: Any, **kwargs: Any) -> Any:
        global _silent_until
        if time.monotonic() < _silent_until:
            return fallback
        try:
            return getattr(super(), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            _silent_until = time.monotonic() + SILENT_AFTER_FAILURE
            log.warning("cache_unreachable", operation=name, error=str(error))
            return fallback

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._open("get", default, key, default=default, version=version)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._open("set", None, key, value, *args, **kwargs)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._open("add", True, key, value, *args, **kwargs))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._open("delete", False, key, version=version))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        found: dict[Any, Any] = self._open("get_many", {}, keys, version=version)
        return found

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return int(self._open("incr", delta, key, delta=delta, version=version))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._open("has_key", False, key, version=version))

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._open("touch", False, key, *args, **kwargs))

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        unset: list[Any] = self._open("set_many", list(data), data, *args, **kwargs)
        return unset
