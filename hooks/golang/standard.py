"""What the standard library and go's own commands are called: the first names of their paths.

Source: `go list std cmd` of Go 1.16 to 1.27.
"""

from __future__ import annotations

_FIRST = frozenset(
    'archive arena bufio builtin bytes cmp compress container context crypto database debug embed encoding errors '
    'expvar flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect '
    'regexp runtime simd slices sort strconv strings structs sync syscall testing text time unicode unique unsafe '
    'uuid vendor weak C'.split()
)
_COMMANDS = frozenset(
    'addr2line api asm buildid callgraph cgo compile covdata cover dist distpack doc fix go gofmt internal link '
    'nm objdump old pack pprof preprofile relnote test2json tools trace vendor vet'.split()
)


def may_have(path: str) -> bool:
    """Whether the standard library, or go itself, may have a package of this path."""
    first, _, rest = path.partition('/')
    return first in _FIRST if first != 'cmd' else not rest or rest.partition('/')[0] in _COMMANDS
