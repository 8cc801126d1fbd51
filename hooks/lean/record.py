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
    try:
        from _collections import _tuplegetter
    except ImportError:  # an interpreter that is not CPython
        from operator import itemgetter

        def _tuplegetter(at, doc):
            return property(itemgetter(at), doc=doc)

    _new = tuple.__new__
    # How a record of so many fields is made. Each class gives the arguments their names.
    _MAKERS = (
        lambda cls: _new(cls, ()),
        lambda cls, a: _new(cls, (a,)),
        lambda cls, a, b: _new(cls, (a, b)),
        lambda cls, a, b, c: _new(cls, (a, b, c)),
        lambda cls, a, b, c, d: _new(cls, (a, b, c, d)),
        lambda cls, a, b, c, d, e: _new(cls, (a, b, c, d, e)),
        lambda cls, a, b, c, d, e, f: _new(cls, (a, b, c, d, e, f)),
        lambda cls, a, b, c, d, e, f, g: _new(cls, (a, b, c, d, e, f, g)),
        lambda cls, a, b, c, d, e, f, g, h: _new(cls, (a, b, c, d, e, f, g, h)),
        lambda cls, a, b, c, d, e, f, g, h, i: _new(cls, (a, b, c, d, e, f, g, h, i)),
        lambda cls, a, b, c, d, e, f, g, h, i, j: _new(cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k: _new(cls, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m, n)),
        lambda cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o: _new(cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o)),
    )

    # What reads a field is the same for all records.
    _FIELDS = [_tuplegetter(at, None) for at in range(len(_MAKERS))]

    class Record(tuple):
        """A tuple with named fields, which a subclass annotates."""

        __slots__ = ()
        _fields = ()

        def __init_subclass__(cls) -> None:
            fields = cls._fields = cls.__match_args__ = tuple(cls.__annotations__)
            defaults = tuple(cls.__dict__[name] for name in fields if name in cls.__dict__)
            code = _MAKERS[len(fields)].__code__.replace(co_varnames=('cls', *fields))
            cls.__new__ = type(_MAKERS[0])(code, globals(), cls.__name__, defaults)
            for name, field in zip(fields, _FIELDS):
                setattr(cls, name, field)

        def _replace(self, **named):
            replaced = _new(type(self), map(named.pop, self._fields, self))
            if named:
                raise TypeError(f'{type(self).__name__} has no {", ".join(named)} to set')
            return replaced

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self) -> str:
            values = ', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self))
            return f'{type(self).__name__}({values})'
