"""Forgeries of recordings and transcripts: one field of one row changed; rows lost, doubled and swapped."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields, is_dataclass, replace
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from socktrace.recording import Endpoint

Forgery = tuple[str, Any]
"""Which field, as `calls.line` or `calls, lost`, and what was made of the recording."""


def forgeries(recording: Any, kind: Callable[[Any], Hashable] = id) -> Iterator[Forgery]:
    """Yield a recording with one thing changed, for every field of its class and of the classes of its rows.

    Args:
        recording: The recording or transcript.
        kind: Tells which rows are of one kind: the first of each kind is forged.
    """
    for field in fields(recording):
        rows = getattr(recording, field.name)
        if isinstance(rows, tuple) and rows and is_dataclass(rows[0]):
            kinds = [kind(row) for row in rows]
            for name, forged in _of_rows(rows, sorted({kinds.index(one) for one in kinds})):
                yield f"{field.name}{name}", replace(recording, **{field.name: forged})
    for name, forged in _fields(recording):
        yield name, forged


def _of_rows(rows: tuple[Any, ...], chosen: list[int]) -> Iterator[Forgery]:
    for index in chosen:
        before, row, after = rows[:index], rows[index], rows[index + 1 :]
        yield ", lost", (*before, *after)
        yield ", twice", (*before, row, row, *after)
        for name, forged in _fields(row):
            yield f".{name}", (*before, forged, *after)
        if after and after[0] != row:
            yield ", swapped", (*before, after[0], row, *after[1:])
            if hasattr(row, "at"):
                times = replace(after[0], at=row.at), replace(row, at=after[0].at)
                yield ", swapped with their times", (*before, *times, *after[1:])


def _fields(row: Any) -> Iterator[Forgery]:
    """Yield a row with other values of the right types, for each of its fields."""
    for name, hint in get_type_hints(type(row)).items():
        value = getattr(row, name)
        for type_ in get_args(hint) if isinstance(hint, UnionType) else (hint,):
            for other in _others(value, type_):
                if other != value:
                    yield name, _changed(row, **{name: other})


def _changed(row: Any, **fields: Any) -> Any:
    return row._replace(**fields) if isinstance(row, Endpoint) else replace(row, **fields)


def _others(value: Any, type_: Any) -> Iterator[Any]:
    if type_ is type(None):
        yield None
    elif type_ is bool:
        yield not value
    elif type_ is int:
        yield from (value + 1, value + 1000, 0) if isinstance(value, int) else (1, 0)
    elif type_ is float:
        yield from (value + 0.5, value + 1000.0, 0.0) if isinstance(value, float) else (1.0, 0.0)
    elif type_ is str:
        yield from _texts(value) if isinstance(value, str) else ("FORGED",)
    elif type_ is Endpoint:
        yield Endpoint("10.0.0.1", 40000)
        if isinstance(value, Endpoint):
            yield from (forged for _, forged in _fields(value))
    elif not value:  # an empty tuple, or none
        parts = [one for one in get_args(type_) if one is not ...]
        yield tuple(_sample(one) for one in parts)
    elif not (is_dataclass(value[0]) or isinstance(value[0], Endpoint)):
        first = next(iter(_others(value[0], type(value[0]))))
        yield from ((), (*value, value[-1]), (first, *value[1:]))


def _sample(type_: Any) -> Any:
    """Return some value of a type."""
    if is_dataclass(type_) or type_ is Endpoint:
        hints = get_type_hints(type_)
        return type_(**{name: _sample(hint) for name, hint in hints.items()})  # type: ignore[operator]
    if isinstance(type_, UnionType):
        return _sample(get_args(type_)[0])
    return () if get_origin(type_) is tuple else type_(1)


def _texts(text: str) -> Iterator[str]:
    yield text + "7"
    if text:
        yield from ("", text[:-1], text[:-1] + ("7" if text[-1] != "7" else "8"))
        middle = len(text) // 2
        yield text[:middle] + ("1" if text[middle] != "1" else "2") + text[middle + 1 :]
