"""The command line of a hook."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any


def read(
    hook: str,
    doc: str | None,
    argv: Sequence[str] | None,
    add: Callable[[argparse.ArgumentParser], None] = lambda parser: None,
    defaults: Mapping[str, object] | None = None,
) -> Any:
    """The options, and in `names` the files named; `defaults` are the options of a run that names none."""
    common = {'unused_ignores': False, 'format': 'text', 'baseline': None, 'write_baseline': False}
    defaults = {**common, **(defaults or {})}
    argv = sys.argv[1:] if argv is None else argv
    if not any(word.startswith('-') for word in argv):
        # argparse would be a third of a run on one file.
        return type('Options', (), {**defaults, 'names': list(argv)})
    import argparse

    from hooks.lean.version import VERSION

    sentence, _, rest = (doc or '').partition('\n\n')
    epilog = f'{" ".join(rest.split())} Options and config are in docs/config.md, findings in docs/findings.md.'
    parser = argparse.ArgumentParser(hook, description=' '.join(sentence.split()), epilog=epilog.lstrip())
    parser.add_argument('names', nargs='*', metavar='FILE', help='a file or a folder; without one, the current folder')
    help = 'also report the ignore comments of the named files that ignore nothing'
    parser.add_argument('--unused-ignores', action='store_true', help=help)
    formats = ('text', 'github', 'gitlab', 'json', 'sarif')
    parser.add_argument('--format', choices=formats, help='how findings are printed; text without it')
    help = 'report only the findings that are not in FILE'
    parser.add_argument('--baseline', metavar='FILE', help=help)
    help = 'write all findings of the repository to the FILE of --baseline, instead of reporting them'
    parser.add_argument('--write-baseline', action='store_true', help=help)
    parser.add_argument('--version', action='version', version=f'%(prog)s {VERSION}')
    parser.set_defaults(**defaults)
    add(parser)
    options = parser.parse_args([_named(word, parser) for word in argv])
    if options.write_baseline and not options.baseline:
        parser.error('--write-baseline: name the file with --baseline FILE')
    if options.write_baseline and options.names:
        parser.error('--write-baseline looks at the whole repository: name no files')
    return options


def _named(word: str, parser: argparse.ArgumentParser) -> str:
    """A word of the command line; the name of a file that looks like an option (`-x/Dockerfile`) as no option.

    pre-commit passes names without a `--` in front.
    """
    import os

    known = word == '--' or any(word in action.option_strings for action in parser._actions)
    return f'./{word}' if word.startswith('-') and not known and os.path.lexists(word) else word
