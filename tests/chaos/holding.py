"""A process that holds rows in a transaction it never ends, as one does whose host loses its power in that moment.

`python -m tests.chaos.holding --rows 5` says `held` and waits for its death.
"""

import argparse
import os
import time


def main() -> None:
    import django

    django.setup()
    from django.db import transaction

    from crm.outbox.models import Email

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, required=True)
    rows = asked.parse_args().rows
    with transaction.atomic():
        waiting = Email.objects.waiting().order_by("-pk").select_for_update(skip_locked=True, of=("self",))
        assert len(waiting[:rows]) == rows
        print("held", flush=True)
        time.sleep(3600)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    main()
