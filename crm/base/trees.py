"""Trees kept as rows with a parent: categories, territories, houses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Tree:
    """Every node with the one it stands within; None stands at the top. A ring ends where it began."""

    parents: Mapping[int, int | None]

    @classmethod
    def of(cls, model: Any) -> "Tree":
        """The whole tree of a model with a `parent`, in one query."""
        return cls(dict(model._base_manager.values_list("pk", "parent_id")))

    def line(self, node: int | None) -> Iterator[int]:
        """The node itself and everything it stands within, upwards."""
        seen: set[int] = set()
        while node is not None and node not in seen:
            seen.add(node)
            yield node
            node = self.parents.get(node)

    def is_within(self, node: int | None, root: int) -> bool:
        """Whether a node is the other one or stands somewhere below it."""
        return root in self.line(node)

    def above(self, nodes: Iterable[int]) -> frozenset[int]:
        """What these stand within, themselves left out."""
        return frozenset(up for node in nodes for up in self.line(node) if up != node)

    def below(self, roots: Iterable[int]) -> frozenset[int]:
        """These and everything that stands within them."""
        found = list(dict.fromkeys(roots))
        for node in found:
            found += [child for child in self._children.get(node, ()) if child not in found]
        return frozenset(found)

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for node, parent in self.parents.items():
            if parent is not None:
                found.setdefault(parent, []).append(node)
        return found
