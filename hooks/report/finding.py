"""What a rule finds, from the rule to the screen."""

from __future__ import annotations

from hooks.lean.record import Record


class Related(Record):
    """A place that has to do with a finding: the ignore line that hides a file, the go line, who declares the build."""

    path: str
    line: int
    note: str


class Finding(Record):
    """One failure. Paths are relative to the repository's top, lines are counted from 1.

    `fact` is what happens, in the words of the tool that fails; `says` who declares the build, `why` the reason, and
    `cure` what to do. `causes` are what needs no other finding, where it is found again. `edit` is a word of the
    instruction and what `--fix` may write for it. After a finding that is the `last` one nothing else of the build is
    worth saying: it follows from this. `hook` is the check that it belongs to, where one run makes several; the line
    then ends with both, since comments and the config take either.
    """

    path: str
    line: int
    rule: str
    fact: str
    cure: str
    why: str = ''
    says: str = ''
    related: tuple[Related, ...] = ()
    causes: tuple[tuple[str, ...], ...] = ()
    edit: tuple[str, str] = ('', '')
    last: bool = False
    hook: str = ''

    @property
    def message(self) -> str:
        return f'{self.fact}{self.says}{self.why}: {self.cure}'

    def __str__(self) -> str:
        return f'{self.path}:{self.line}: {self.message}' + (f' [{self.hook}/{self.rule}]' if self.hook else '')
