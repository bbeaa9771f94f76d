"""The tools behind make: what they install, add up and compare."""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from scripts import bootstrap
from scripts.run_tests import closing_line, counted
from scripts.vendor_check import differences
from tests.conftest import is_asked_elsewhere


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtualenv that is there, with requirements of its own beside it."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    (tmp_path / "requirements.txt").write_text("django")
    (tmp_path / "requirements-dev.txt").write_text("django pytest")
    return tmp_path


def is_installed(*, dev: bool) -> bool:
    return bootstrap.is_installed(bootstrap.stamp_of(bootstrap.requirements_file(dev=dev)), dev=dev)


def stamp(venv: Path, *, dev: bool) -> None:
    wanted = bootstrap.stamp_of(bootstrap.requirements_file(dev=dev))
    (venv / ("dev.stamp" if dev else "run.stamp")).write_text(wanted)


def test_a_fresh_folder_has_nothing_installed(venv: Path) -> None:
    assert (is_installed(dev=False), is_installed(dev=True)) == (False, False)


def test_what_runs_is_not_enough_for_developers(venv: Path) -> None:
    stamp(venv, dev=False)
    assert (is_installed(dev=False), is_installed(dev=True)) == (True, False)


def test_what_developers_have_is_enough_to_run(venv: Path) -> None:
    stamp(venv, dev=True)
    assert (is_installed(dev=False), is_installed(dev=True)) == (True, True)


def test_changed_requirements_are_installed_again(venv: Path) -> None:
    stamp(venv, dev=True)
    (venv / "requirements-dev.txt").write_text("django pytest ruff")
    assert is_installed(dev=True) is False


def test_a_virtualenv_that_went_away_is_made_again(venv: Path) -> None:
    stamp(venv, dev=True)
    (venv / "python").unlink()
    assert is_installed(dev=True) is False


def test_the_closing_line_adds_the_passes_up(tmp_path: Path) -> None:
    totals: Counter[str] = Counter()
    for said in (
        'tests="10" failures="0" errors="0" skipped="1"',
        'tests="12" failures="2" errors="1" skipped="3"',
    ):
        report = tmp_path / "report.xml"
        report.write_text(f"<testsuites><testsuite {said}/></testsuites>")
        totals += counted(report)
    assert closing_line(totals, 61.5).strip("=") == " 2 failed, 15 passed, 4 skipped, 1 errors in 61.50s "


def test_a_pass_that_wrote_no_report_counts_nothing(tmp_path: Path) -> None:
    assert closing_line(counted(tmp_path / "none.xml"), 0.5).strip("=") == " no tests ran in 0.50s "


def test_vendored_files_are_compared_with_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "lib-1").mkdir()
    (tmp_path / "lib-1" / "a.js").write_text("a")
    (tmp_path / "lib-1" / "b.js").write_text("changed")
    (tmp_path / "lib-1" / "stray.js").write_text("?")
    digests = {name: sha256(name[0].encode()).hexdigest() for name in ("a.js", "b.js", "gone.js")}
    (tmp_path / "manifest.json").write_text(json.dumps([{"folder": "lib-1", "files": digests}]))
    assert differences(tmp_path) == [
        "lib-1/b.js: not the file the manifest names",
        "lib-1/gone.js: in the manifest, not in static/vendor",
        "lib-1/stray.js: in static/vendor, not in the manifest",
    ]


def test_what_asks_no_database_is_asked_once(request: pytest.FixtureRequest) -> None:
    assert is_asked_elsewhere(request.node) is True


@pytest.mark.django_db
def test_what_is_marked_is_asked_of_both(request: pytest.FixtureRequest) -> None:
    assert is_asked_elsewhere(request.node) is False


def test_what_takes_the_database_from_a_fixture_is_asked_of_both(
    request: pytest.FixtureRequest, organisation: object
) -> None:
    assert is_asked_elsewhere(request.node) is False


@pytest.mark.postgres
def test_what_is_for_postgresql_alone_is_asked_there(request: pytest.FixtureRequest) -> None:
    assert is_asked_elsewhere(request.node) is False
