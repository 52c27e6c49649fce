"""Checks what a source gives the words of the vocabulary: a misspelt colour is answered with those there are. Pure.

What a word takes, its annotations say. A type checker goes by them too, but a preview runs none.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from functools import cache, wraps
from types import UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from sitebuild.figures.errors import FigureError
from sitebuild.reading.options import guess

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def checked(word: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Return a word that says what it takes, and that raises `FigureError` if it is given something else."""

    @wraps(word)
    def asked(*values: _Given.args, **options: _Given.kwargs) -> _Made:
        for wrong in _wrong(word, values, options):
            raise FigureError(wrong)
        return word(*values, **options)

    return asked


def literals(kind: Any) -> Iterator[str]:
    """Yield the words that a type names, as `left` and `right`."""
    if get_origin(kind) is Literal:
        yield from (value for value in get_args(kind) if isinstance(value, str))
    else:
        for part in get_args(kind):
            yield from literals(part)


@cache
def _takes(word: Callable[..., object]) -> tuple[inspect.Signature, dict[str, Any]]:
    return inspect.signature(word), get_type_hints(word)


def _wrong(word: Callable[..., object], values: tuple[object, ...], options: dict[str, object]) -> Iterator[str]:
    """Yield what is wrong with what a word is given; that some of it is missing, Python says."""
    signature, kinds = _takes(word)
    known = [
        one.name for one in signature.parameters.values() if one.name != "self" and one.kind is not one.VAR_POSITIONAL
    ]
    for name in options:
        if name not in known:
            yield f"{word.__name__} has no {name}={guess(name, known) or '; known: ' + ', '.join(known)}"
            return
    try:
        given = signature.bind(*values, **options).arguments
    except TypeError:
        return
    for name, value in given.items():
        said, kind = signature.parameters[name], kinds.get(name, Any)
        for one in value if said.kind is said.VAR_POSITIONAL else [value]:
            if not _is(one, kind):
                yield f"{word.__name__}: {_refused(name, one, said.annotation, tuple(dict.fromkeys(literals(kind))))}"


def _refused(name: str, value: object, takes: str, known: tuple[str, ...]) -> str:
    if known:
        return f"there is no {name} {value!r}{guess(str(value), filter(None, known))}"
    if value is None:
        return f"{name} is nothing (None); make a thing first, as in a = connected(), then put it on the sheet"
    return f"{name} cannot be {value!r}; it takes {takes}" + (", such as a = text(...)" if takes == "Thing" else "")


def _is(value: object, kind: Any) -> bool:
    """Say whether a value is of a type, as far as that can be told without using it up."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return any(_is(value, one) for one in get_args(kind))
    if origin is Literal:
        return value in get_args(kind)
    if origin is Sequence and isinstance(value, Sequence):
        return all(_is(one, *get_args(kind)) for one in value)
    if kind is float:
        return isinstance(value, int | float)
    if isinstance(kind, TypeVar):
        return _is(value, kind.__bound__ or object)
    kind = origin or kind
    return kind is Any or not isinstance(kind, type) or isinstance(value, kind)
