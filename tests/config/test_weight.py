"""What a web process brings along from the start: megabytes each, and for people who only read a page, for nothing."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

STARTED = """
import sys
from crm.config.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted({name.split(".")[0] for name in sys.modules} & set(sys.argv[1:])))
"""
FOR_THOSE_WHO_NEED_THEM = (
    "PIL",
    "dns",
    "fontTools",
    "fpdf",
    "icalendar",
    "openpyxl",
    "pillow_heif",
    "pyhanko",
)


def test_a_web_process_leaves_drawing_pictures_and_workbooks_to_those_who_ask_for_them(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "MITRA_VAR": str(tmp_path), "MITRA_READ_DOTENV": "0", "SECRET_KEY": "x" * 50}
    words = [sys.executable, "-c", STARTED, *FOR_THOSE_WHO_NEED_THEM]
    said = subprocess.run(words, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, env=env)
    assert said.stdout.strip() == "[]"
