"""What takes longest begins first, so that no core is left with a journey when the others have gone home.

    pytest -p tests.longest_first

A file goes to one worker as a whole, and xdist would begin with the files that have the most tests; a journey is one.
"""

import pytest

LONG = ("tests/journeys/", "_kill.py", "tests/test_two_ways.py", "tests/config/test_serve.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not any(place in str(item.path) for place in LONG))
