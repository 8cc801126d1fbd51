"""What keeps a run short: records, late regular expressions, faces that import late, work shared by processes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def face(package: str, **modules: str) -> Callable[[str], object]:
    """The `__getattr__` of a package that offers names (module → the names, with blanks) and imports none too early."""

    def get(name: str) -> object:
        for module, names in modules.items():
            if name in names.split():
                return getattr(__import__(f'{package}.{module}', fromlist=(name,)), name)
        raise AttributeError(f'module {package!r} has no attribute {name!r}')

    return get
