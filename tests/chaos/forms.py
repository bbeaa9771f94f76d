"""Somebody who saves one form after the other on a web host, and notes how long each took.

`python -m tests.chaos.forms --at http://10.77.0.4:8000 --first 0 --times 20` asks for a new password for as many colleagues,
each a message that rings the bell; one line for each form: the seconds, and whether the page said that it was done.
"""

import argparse
import re
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

PAGE = "/accounts/password/reset/"
ASKER = "colleague{}@mitra.example"


def save(browser: urllib.request.OpenerDirector, at: str, number: int) -> tuple[float, bool]:
    """Open the page, fill it in, save it: how long the saving took, and whether it led on."""
    with browser.open(at + PAGE, timeout=60) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert token is not None
    typed = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "email": ASKER.format(number)})
    began = time.monotonic()
    with browser.open(at + PAGE, typed.encode(), timeout=60) as page:
        led_on = page.url.endswith("/done/")
    return time.monotonic() - began, led_on


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--at", required=True)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--times", type=int, default=1)
    asked.add_argument("--pause", type=float, default=0.5)
    words = asked.parse_args()
    for number in range(words.first, words.first + words.times):
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        seconds, led_on = save(browser, words.at, number)
        print(f"{seconds:.3f} {'saved' if led_on else 'refused'}", flush=True)
        time.sleep(words.pause)


if __name__ == "__main__":
    main()
