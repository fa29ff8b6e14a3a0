"""The docstrings under the fields of the model, for the schema.

pydantic can collect them too (`use_attribute_docstrings`), but does so whenever the model is imported; they are
wanted by `kpi schema` alone, and reading the source costs more than everything else the import does.
"""

from __future__ import annotations

import ast
import inspect
from types import ModuleType


def read_field_docs(modules: tuple[ModuleType, ...]) -> dict[str, dict[str, str]]:
    """Class name -> field -> the text under it, for the classes of `modules`."""
    classes = [
        node
        for module in modules
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef)
    ]
    return {node.name: _collect(node) for node in classes}


def _collect(node: ast.ClassDef) -> dict[str, str]:
    docs = {}
    for field, text in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
            and isinstance(text.value.value, str)
        ):
            docs[field.target.id.rstrip("_")] = inspect.cleandoc(text.value.value)
    return docs
