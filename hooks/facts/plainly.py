"""The commands of a RUN that are no more than programs with their words, one after the other.

It is for what no replay follows, such as the accounts and the headers that a step may add: whoever asks is silent where
a step does anything that is not known to add none.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.dockerfile.parser import Step

# Programs that add neither accounts nor headers, whatever they are told.
PLAIN = frozenset(
    '[ apk apt apt-get cd chgrp chmod chown cp curl date echo env export false find go grep ls mkdir mv printf rm '
    'sed set sleep test touch true uname unset update-ca-certificates wget'.split()
)
_ENDS = str.maketrans(dict.fromkeys(';&|()\n', '\n'))


def commands(step: Step) -> list[list[str]] | None:
    """The commands of a RUN, each without the variables that are set for it; None where there may be more to it."""
    if step.name != 'RUN' or step.exec or step.heredocs:
        return None
    found = [_bare(line.split()) for line in ' '.join(step.args).translate(_ENDS).split('\n')]
    found = [words for words in found if words]
    return found if all(words[0] in PLAIN for words in found) else None


def _bare(words: list[str]) -> list[str]:
    at = next((at for at, word in enumerate(words) if not _is_setting(word)), len(words))
    return words[at:]


def _is_setting(word: str) -> bool:
    name, equals, _ = word.partition('=')
    return bool(equals) and name.isidentifier()
