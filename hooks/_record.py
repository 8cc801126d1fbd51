"""Immutable records: `typing.NamedTuple` without its price.

Importing `typing` and making fifty NamedTuples takes longer than everything else that a run on one file does, so a
record is made here by hand. For a type checker it is a NamedTuple, and it behaves as one: fields in the order of their
annotations, defaults, keywords, `_replace`, `match`, equality and hash of a tuple. (Two records with equal fields are
equal, whatever their types, as tuples are.)
"""

from __future__ import annotations

__all__ = ['Record']

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from operator import itemgetter

    class Record(tuple):
        """A tuple with named fields, which a subclass annotates."""

        __slots__ = ()
        _fields = ()

        def __init_subclass__(cls) -> None:
            fields = cls._fields = cls.__match_args__ = tuple(cls.__annotations__)
            defaults = tuple(cls.__dict__[name] for name in fields if name in cls.__dict__)
            # What completes so many values; all of them may be given, or all but some of those with defaults.
            cls._rest = {len(fields) - more: defaults[len(defaults) - more :] for more in range(len(defaults) + 1)}
            for at, name in enumerate(fields):
                setattr(cls, name, property(itemgetter(at)))

        def __new__(cls, *values, **named):
            if named:
                return cls._named(values, named)
            try:
                return tuple.__new__(cls, values + cls._rest[len(values)])
            except KeyError:
                raise TypeError(f'{cls.__name__} takes {", ".join(cls._fields)}') from None

        @classmethod
        def _named(cls, values, named):
            values = list(values)
            for name in cls._fields[len(values) :]:
                if not named:
                    break
                values.append(named.pop(name) if name in named else cls._rest[len(values)][0])
            if named:
                raise TypeError(f'{cls.__name__} has no {", ".join(named)} to set')
            return cls(*values)

        def _replace(self, **named):
            values = list(self)
            for name, value in named.items():
                values[self._fields.index(name)] = value
            return tuple.__new__(type(self), values)

        def __repr__(self) -> str:
            values = ', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self))
            return f'{type(self).__name__}({values})'
