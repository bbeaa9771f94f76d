"""Making many tables of one release in one step, for migrations that stand for a whole line of them."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModelsAtOnce(Operation):
    """`CreateModel` for each of them, with the models drawn once instead of anew after every single one.

    Each `CreateModel` of its own makes Django draw all models again that are related to the new one, and here nearly
    all are. So each model stands here as it is at the end, and may point at others further down: PostgreSQL adds
    foreign keys when all tables stand, SQLite asks for no table before a row points there.
    """

    category = CreateModel.category
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # Django keeps what it has drawn there, and draws it when next asked
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} models"
