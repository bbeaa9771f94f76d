"""How a setting is read: from the environment, or from the file that `NAME_FILE` names."""

from django.core.exceptions import ImproperlyConfigured
from environ import FileAwareEnv
from environ.fileaware_mapping import FileAwareMapping


class Lines(FileAwareMapping):
    """Files end with a line break, secrets do not."""

    def __getitem__(self, key: str) -> str:
        try:
            return str(super().__getitem__(key)).rstrip("\r\n")
        except OSError as error:
            raise ImproperlyConfigured(f"{key}_FILE names a file that cannot be read: {error}") from None


class Env(FileAwareEnv):
    """A container's secrets and systemd's credentials are files; nobody's environment has to hold a password."""

    ENVIRON = Lines()
