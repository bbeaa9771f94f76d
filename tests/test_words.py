"""Words are spoken when somebody reads them, in her language; never when a module is imported, in nobody's."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

SPEAKS_AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext"}
LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def spoken_names(tree: ast.Module) -> set[str]:
    brought = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name
        for node in brought
        if node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in SPEAKS_AT_ONCE
    }


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported: bodies of functions wait."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, LATER):
            yield child
            yield from at_import(child)


def spoken_too_early(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    names = spoken_names(tree)
    calls = (node for node in at_import(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [f"{path}:{call.lineno}" for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]


def test_no_word_is_spoken_when_a_module_is_imported() -> None:
    files = [path for app in ("crm", "campaigns") for path in Path(settings.BASE_DIR, app).rglob("*.py")]
    assert [early for path in files for early in spoken_too_early(path)] == []
