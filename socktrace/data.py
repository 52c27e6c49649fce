"""What the classes have in common whose objects are made by the ten thousand. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def data(kind: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots: `mypy` sees to it that nobody changes an object of it.

    To see to that while the program runs makes each object take six times as long to make.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)
