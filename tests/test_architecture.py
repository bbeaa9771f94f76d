"""What import-linter cannot see: the house rules of docs/architecture.md, read from the code itself."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
APPS = ("crm", "campaigns")

ROOMS = {
    name: level
    for level, names in enumerate(
        [
            ["base"], ["timeline"], ["outbox"], ["preferences"], ["team"], ["portal", "reminders"], ["brands"], ["influencers"],
            ["inbox"], ["intake"], ["messages"], ["privacy"], ["vetting"], ["exclusivity"], ["contracts"], ["payments"], ["ambassadors"],
            ["archive"], ["watch"],
        ]
    )
    for name in names
}  # fmt: skip
"""The rooms of crm from the lowest up; those on one line are strangers."""

UPWARD = {
    ("Entry", "actor"): "the timeline's spine: who did it",
    ("Entry", "influencer"): "the timeline's spine: whose story it belongs to",
    ("Entry", "brand"): "the timeline's spine: who may see it",
    ("StoredFile", "uploaded_by"): "who brought a file",
    ("Clause", "contract"): "a clause stands in a contract",
}
"""Foreign keys of crm that point to a higher room, each with its reason."""

MAKES_SAFE = {"crm/base/text.py", "crm/templatetags/ui.py"}
"""Rich text after cleaning, and drawings from our own files."""

HANDED_NO_CLOCK = {
    "crm/team/adapters.py", "crm/templatetags/fmt.py", "crm/portal/emails.py",
    "crm/portal/visits.py", "campaigns/approvals/guests/visits.py",
    "campaigns/results/sharing/visits.py",
    "crm/outbox/forms.py", "crm/reminders/panels.py", "crm/exclusivity/merging.py",
    "crm/watch/doctor/times.py",
}  # fmt: skip
"""Called by Django, by the page's frame or by the sender at the last moment: entry points under other names.
The doctor holds this machine's clock against others: to measure a clock is to read it."""


def python_files(*places: str) -> Iterator[Path]:
    for place in places or APPS:
        yield from (path for path in sorted((ROOT / place).rglob("*.py")) if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".mjml"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_matching(pattern: str, paths: Iterator[Path]) -> list[str]:
    rule = re.compile(pattern)
    return [
        f"{short(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if rule.search(line)
    ]


def spoken_constants(tree: ast.Module) -> Iterator[str]:
    """Every string the code uses: not docstrings, not the examples in help texts."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    silent |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "help_text"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


# ---- Which way the arrows point --------------------------------------------------------------------------------------


def test_crm_names_campaigns_only_where_the_wiring_is() -> None:
    named = [
        f"{short(path)}: {said}"
        for path in python_files("crm")
        if "config" not in path.relative_to(ROOT).parts
        for said in spoken_constants(tree_of(path))
        if re.match(r"campaigns[.:/]", said)
    ]
    assert named == []


def test_crm_imports_nothing_from_campaigns_not_even_for_types() -> None:
    assert lines_matching(r"^\s*(from|import) campaigns\b", python_files("crm")) == []


def test_no_table_of_crm_points_to_campaigns() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("crm").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignObject | models.ManyToManyField)
        and field.related_model._meta.app_label == "campaigns"  # type: ignore[union-attr]
    ]
    assert upward == []


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_foreign_keys_point_down_or_are_listed_with_a_reason() -> None:
    upward = {
        (model.__name__, field.name)
        for model in apps.get_app_config("crm").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and room_of(field.related_model) in ROOMS  # type: ignore[arg-type]
        and ROOMS[room_of(field.related_model)] > ROOMS[room_of(model)]  # type: ignore[arg-type]
    }
    assert upward - UPWARD.keys() == set()


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


def test_pages_of_crm_link_to_no_page_of_campaigns() -> None:
    theirs = {
        pattern.name
        for pattern in patterns(get_resolver())
        if pattern.name and getattr(pattern.callback, "__module__", "").startswith("campaigns.")
    }
    linked = re.compile(r"""{%\s*url\s+['"]([\w:-]+)['"]""")
    pages = sorted((ROOT / "templates" / "crm").rglob("*.html"))
    broken = [f"{short(page)}: {name}" for page in pages for name in linked.findall(page.read_text()) if name in theirs]
    broken += lines_matching(r"""['"]campaigns/""", iter(pages))
    assert broken == []


def test_models_import_neither_views_nor_forms() -> None:
    files = (path for path in python_files() if path.stem == "models" or "models" in path.parent.parts)
    assert lines_matching(r"^\s*(from|import) .*\b(views|forms)\b", files) == []


# ---- Where things stand ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("app", APPS)
def test_every_model_stands_in_its_apps_table_of_contents(app: str) -> None:
    contents = apps.get_app_config(app).models_module
    listed = set(contents.__all__)  # type: ignore[union-attr]
    there = {
        model.__name__
        for model in apps.get_app_config(app).get_models()
        if not model._meta.auto_created and model.__module__.startswith(f"{app}.")
    }
    assert listed == there


@pytest.mark.parametrize("app", APPS)
def test_tables_of_contents_hold_only_imports(app: str) -> None:
    for name in ("models", "admin", "tasks"):
        path = ROOT / app / f"{name}.py"
        if path.exists():
            kinds = {type(node) for node in tree_of(path).body}
            assert kinds <= {ast.Expr, ast.Import, ast.ImportFrom, ast.Assign}, short(path)


def test_no_file_is_named_for_nothing() -> None:
    vague = re.compile(r"^(utils?|helpers?|common|misc|managers?|services?|tools?)$")
    assert [short(path) for path in python_files() if vague.match(path.stem) or vague.match(path.parent.name)] == []


def test_files_end_at_three_hundred_lines() -> None:
    long = [f"{short(path)}: {count}" for path in python_files() if (count := len(path.read_text().splitlines())) > 300]
    assert long == []


def test_functions_end_at_forty_lines() -> None:
    long = [
        f"{short(path)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
        if node.end_lineno - node.lineno + 1 > 40
    ]
    assert long == []


def is_chosen(name: str, code: str) -> bool:
    """A name put together: f"crm/feature/{'board' if ... else 'table'}.html"."""
    folder, _, last = name.rpartition("/")
    return f'f"{folder}/{{' in code and f"'{last.split('.')[0]}'" in code


def test_every_template_is_used() -> None:
    code = "\n".join(path.read_text() for path in [*python_files(), *templates()])
    by_name = ("account/", "mfa/", "usersessions/", "allauth/", "admin/", "emails/", "django/", "registration/")
    unused = [
        name
        for path in templates()
        if not (name := str(path.relative_to(ROOT / "templates"))).startswith(by_name)
        and not re.match(r"\d{3}(_\w+)?\.html$", name)
        and name not in code
        and not is_chosen(name, code)
    ]
    assert unused == []


# ---- What is never done ----------------------------------------------------------------------------------------------


def calls_with(keyword: str) -> list[str]:
    return [
        f"{short(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and any(word.arg == keyword for word in node.keywords)
    ]


@pytest.mark.parametrize("keyword", ["eta", "countdown"])
def test_no_task_waits_in_the_queue(keyword: str) -> None:
    assert calls_with(keyword) == []


def test_conflicts_are_named_never_ignored() -> None:
    assert calls_with("ignore_conflicts") == []


def test_html_is_called_safe_in_two_files_only() -> None:
    named = {
        short(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("mark_safe", "SafeString")
    }
    assert named - MAKES_SAFE == set()
    assert lines_matching(r"\|\s*safe\b|{%\s*autoescape off", templates_for_browsers()) == []


def templates_for_browsers() -> Iterator[Path]:
    """Plain-text mails are not HTML: escaping there would show &amp; to people."""
    yield from (path for path in templates() if path.suffix == ".html")


def pages() -> Iterator[Path]:
    """E-mails carry their styles inline, because mail programs know nothing else."""
    yield from (path for path in templates() if path.relative_to(ROOT / "templates").parts[0] != "emails")


def test_pages_carry_no_script_and_no_style_of_their_own() -> None:
    inline = re.compile(r"<script(?![^>]*(\bsrc=|type=.application/json))|<style\b|\sstyle=|\son[a-z]+=['\"]")
    bare = {page: re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", page.read_text()) for page in pages()}
    assert [f"{short(page)}: {found.group()}" for page, html in bare.items() for found in inline.finditer(html)] == []


def test_what_htmx_fetches_works_without_it() -> None:
    """Every hx-get stands on something with an address of its own, unless it only looks again by itself."""
    broken = []
    for page in pages():
        bare = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "~", page.read_text())
        addresses = set(re.findall(r'(?:href|action|src)="([^"]+)"', bare))
        for element, address in re.findall(r'(<[^<>]*hx-get="([^"]+)"[^<>]*>)', bare):
            its_own = re.search(r"\b(href|action|src)=|hx-trigger=.(load|every)", element)
            if not its_own and address not in addresses:
                broken.append(f"{short(page)}: {element[:90]}")
    assert broken == []


def test_the_clock_is_handed_in() -> None:
    doors = ("views", "tasks", "commands", "admin", "panels", "nav", "told_me", "serving")
    wound = {
        short(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("timezone.now", "dt.datetime.now", "datetime.now")
        if not any(door in part for door in doors for part in path.relative_to(ROOT).with_suffix("").parts)
    }
    assert wound - HANDED_NO_CLOCK == set()


def test_only_the_outbox_sends_mail() -> None:
    senders = r"(?<!def )\bsend_mail\(|\bEmailMessage\(|\bEmailMultiAlternatives\(|\bmail_admins\("
    elsewhere = (path for path in python_files() if "outbox" not in path.parts)
    assert lines_matching(senders, elsewhere) == []


def test_no_signals_of_our_own() -> None:
    wired = lines_matching(r"@receiver\(|\bSignal\(|_(save|delete|init)\.connect\(", python_files())
    assert wired == []


def test_datetimes_end_in_at_and_dates_in_on() -> None:
    said_otherwise = {"valid_from", "valid_to", "effective_from", "at", "on", "last_login"}
    wrong = [
        f"{model.__name__}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField) and field.name not in said_otherwise
        if not field.name.endswith(("_until", "_at" if isinstance(field, models.DateTimeField) else "_on"))
    ]
    assert wrong == []


def test_every_list_of_a_business_row_asks_who_looks() -> None:
    """Rows somebody may not see have a `visible_to` on their queryset. These are asked for in no list:

    BrandAccess is the wall itself, a Link is found by its holder's token or beside its contact, a CarveOut beside its
    clause and a BrandOwnership beside its brand; a Claim is what the database's guard compares.
    """
    without = {
        model.__name__
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if any(field.name in ("brand", "brand_ref", "campaign", "collaboration") for field in model._meta.get_fields())
        and not hasattr(model._default_manager.all(), "visible_to")
    }
    assert without == {"BrandAccess", "BrandOwnership", "CarveOut", "Claim", "Link"}
