"""`ifeq`, `ifdef`, `else` and `endif`: whether the lines between them count."""

from __future__ import annotations

from hooks.makefile import Lost, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.makefile.variables import Variables

# Nobody opens so many in each other.
_DEEPEST = 500
_WORDS = ('ifeq', 'ifneq', 'ifdef', 'ifndef', 'else', 'endif')


class Conditions:
    """The conditions that are open in a Makefile; True, False and None (not known) as everywhere."""

    def __init__(self, variables: Variables, outer: bool | None = True) -> None:
        self.variables, self.outer = variables, outer
        # Of each: whether its present branch counts, and whether one of its branches so far did.
        self.open: list[tuple[bool | None, bool | None]] = []

    def now(self) -> bool | None:
        """Whether a line that stands here counts."""
        states = [self.outer, *(state for state, _ in self.open)]
        return False if False in states else None if None in states else True

    def take(self, line: str) -> bool:
        """Take in a line, without its comment; False where it is no condition."""
        word = line.split()[0].partition('(')[0] if line[:1] in ('i', 'e') else ''
        if word not in _WORDS or line[len(word) :].lstrip()[:1] in (':', '='):
            return False
        rest = line[len(word) :].strip()
        if word == 'endif':
            self._last()
            self.open.pop()
        elif word == 'else':
            before = self._last()[1]
            inner = rest.split()[0].partition('(')[0] if rest else ''
            self.open.pop()
            ignored = self.now() is False or before is True
            state = True if not inner else False if ignored else self._holds(inner, rest[len(inner) :].strip())
            self.open.append((_both(_not(before), state), _either(before, state)))
        elif len(self.open) >= _DEEPEST:
            raise Lost
        else:
            state = False if self.now() is False else self._holds(word, rest)
            self.open.append((state, state))
        return True

    def _last(self) -> tuple[bool | None, bool | None]:
        if not self.open:
            raise Lost
        return self.open[-1]

    def _holds(self, word: str, rest: str) -> bool | None:
        if word in ('ifdef', 'ifndef'):
            name = self.variables.expand(rest).strip()
            found = self.variables.find(name) if is_known(name) else None
            if not is_known(name) or (found is None and self.variables.around.open):
                return None
            known = found is None or found.text == '' or is_known(found.text) or found.text.strip('\1\2') != ''
            held: bool | None = bool(found and found.text) if known else None
        elif word in ('ifeq', 'ifneq'):
            left, right = (self.variables.expand(each) for each in _sides(rest))
            held = left == right if is_known(left + right) else None
        else:
            raise Lost
        return held if word in ('ifeq', 'ifdef') else _not(held)


def _sides(rest: str) -> tuple[str, str]:
    if rest.startswith('(') and rest.endswith(')'):
        comma = _comma(rest[1:-1])
        return rest[1:-1][:comma].rstrip(' \t'), rest[1:-1][comma + 1 :].lstrip(' \t')
    quote = rest[:1]
    end = rest.find(quote, 1) if quote in ('"', "'") else -1
    second = rest[end + 1 :].strip()
    if end < 0 or len(second) < 2 or second[0] not in '"\'' or second[0] != second[-1]:
        raise Lost
    return rest[1:end], second[1:-1]


def _comma(text: str) -> int:
    """The comma between the two sides: it stands outside of all parentheses."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == '(') - (sign == ')')
        if sign == ',' and not depth:
            return at
    raise Lost


def _not(state: bool | None) -> bool | None:
    return None if state is None else not state


def _both(left: bool | None, right: bool | None) -> bool | None:
    return False if left is False or right is False else None if left is None or right is None else True


def _either(left: bool | None, right: bool | None) -> bool | None:
    return _not(_both(_not(left), _not(right)))
