"""Compiles Python modules without their docstrings. It runs in the Python that will load them.

usage: python library.py < LIST
"""

import ast
import marshal
import os
import sys
from importlib.util import MAGIC_NUMBER

_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def compiled(source: bytes, name: str) -> bytes:
    """Return what Python keeps of a module that has no source (PEP 3147).

    Args:
        source: The module's text.
        name: The path of its file.
    """
    tree = ast.parse(source, name)
    for node in ast.walk(tree):
        if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
            if not node.body and not isinstance(node, ast.Module):
                node.body.append(ast.copy_location(ast.Pass(), node))
                ast.fix_missing_locations(node)
    code = compile(tree, name, "exec", dont_inherit=True)
    return MAGIC_NUMBER + bytes(12) + marshal.dumps(code)


def main() -> None:
    """Compile what standard input names: a target, a source and a name on each line, parted by tabs."""
    for line in sys.stdin:
        target, source, name = line.rstrip("\n").split("\t")
        with open(source, "rb") as file:
            text = file.read()
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(compiled(text, name))


if __name__ == "__main__":
    main()
