"""Which Go runs a go command: the image's, unless GOTOOLCHAIN or a step of the build brings another.

Source: https://go.dev/doc/toolchain. Only what is certain to run is a toolchain here: under `auto` and `path` go looks
for one that is new enough, so no version can be too new.
"""

from __future__ import annotations

from hooks.context.paths import parent
from hooks.context.tree import ABSENT, DONT_KNOW, FILE
from hooks.facts import images
from hooks.golang import versions
from hooks.lean.lazy import regex
from hooks.lean.record import Record
from hooks.replay import bases
from hooks.replay.image import GO, which_go

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.tree import Entry
    from hooks.golang.versions import Key
    from hooks.module.modules import Module
    from hooks.replay.replayer import From, Moment
    from hooks.replay.shell import Call, Shell

# Go 1.21 is the first that takes a go line as a demand, and the first that knows GOTOOLCHAIN.
STRICT = 21
# Before Go 1.16 there is no `go install PKG@VERSION`, and what its go.mod may say was never measured.
OLDEST = 16
_FIXED = regex(r'go(1\.[0-9]{1,9}\.[0-9]{1,9}|1\.[0-9]{1,9}(?:rc|beta)[0-9]{1,9})')
# A codename of Debian → the last minor of Go whose image has it.
_LAST = {'bullseye': 24, 'buster': 20, 'stretch': 17, 'jessie': 11}
_TAG = regex(r'(?<=:)1\.[0-9]+(?:\.[0-9]+)?(?:(?:rc|beta)[0-9]+)?(?:-([A-Za-z0-9._-]*))?$')


class Toolchain(Record):
    """A Go that is known to run. `fixed` says that GOTOOLCHAIN names it; `base` is the FROM that names the image."""

    version: str
    fixed: bool
    base: From

    @property
    def minor(self) -> int:
        return versions.minor(self.version)

    @property
    def newest(self) -> Key:
        """What the version may be at most: the image of `1.25` holds any patch of it."""
        major, minor, patch, kind, pre = versions.key(self.version)
        floats = not self.fixed and not kind and self.version.count('.') == 1
        return (major, minor, 10**9 if floats else patch, kind, pre)

    def lacks(self, wanted: str) -> bool:
        """Whether it is older than a version."""
        return versions.key(wanted) > self.newest

    def running(self) -> str:
        """As go itself says which one it is."""
        setting = f'go{self.version}' if self.fixed else 'local'
        return f'(running go {self.version}' + (f'; GOTOOLCHAIN={setting})' if self.minor >= STRICT else ')')

    def newer(self, wanted: str) -> str:
        """The image, as exact as it is now, that holds a Go of that version; '' where none can be named."""
        if self.base.verb == 'unpack':
            return self.base.reference.replace(self.version, versions.release(wanted))
        if self.base.reference.partition('@')[0].rpartition('/')[2].partition(':')[0] not in ('golang', 'go'):
            # Tags of others follow no rule.
            return ''
        newer = images.existing(_newer(self.base.reference, self.version, wanted), wanted)
        return '' if newer == self.base.reference.partition('@')[0] else newer


def of(moment: Moment, shell: Shell) -> Toolchain | None:
    """The Go that runs a command in this shell; None where nobody knows, or go itself looks for a newer one."""
    version, stays = which_go(first(shell))
    base = _named_by(moment, version, shell) if version not in ('', 'latest') else None
    if base is None:
        return None
    image = Toolchain(version, False, base)
    setting = shell.env.get('GOTOOLCHAIN', '')
    if setting == '' and stays:
        setting = 'local'
    if setting == 'local' or image.minor < STRICT:
        return image
    fixed = _FIXED.fullmatch(setting or '')
    return Toolchain(fixed[1], True, base) if fixed else None


def _named_by(moment: Moment, version: str, shell: Shell) -> From | None:
    """What names the image that a Go is of."""
    if version == moment.go or (moment.go is None and moment.base.brought is None):
        return moment.base
    # Of another base the way to the Go that was copied is known where PATH is.
    return moment.base.brought if dict.get(shell.env, 'PATH') or moment.go else None


def minor(go: str | None, shell: Shell, module: Module | None) -> int:
    """The minor number of the Go that runs, 0 when it is not known; `go` is the image's, None for a Go of packages."""
    own = bases.minor(which_go(first(shell))[0] if go is None else go) or 0
    if own < STRICT or module is None or module.mod is None:
        return own
    # It fetches a newer one where GOTOOLCHAIN lets it.
    setting = shell.env.get('GOTOOLCHAIN', '') or ''
    named = (module.mod.go, module.mod.toolchain.removeprefix('go'), setting.removeprefix('go'))
    return max(own, *map(versions.minor, named)) if setting != 'local' else own


def counts(call: Call) -> bool:
    """Whether a command runs, in module mode, and its failure is the build's."""
    return call.fatal and call.shell.sure and call.shell.env.get('GO111MODULE', '') not in ('off', None)


def first(shell: Shell) -> Entry:
    """The Go that PATH leads to, as far as it is known; what lies in GOPATH/bin is a tool."""
    for folder in (shell.env.get('PATH') or parent(GO)).split(':'):
        entry = shell.view.look(f'{folder}/go')
        if entry.kind == FILE or folder == parent(GO):
            return entry
        if entry.kind != ABSENT and folder != '/go/bin':
            return DONT_KNOW
    return DONT_KNOW


def _newer(reference: str, version: str, wanted: str) -> str:
    """The reference with a tag that is new enough, as exact as it is now."""
    name = reference.partition('@')[0]
    exact = version.count('.') > 1 or not version.rpartition('.')[2].isdigit()
    minor = versions.minor(wanted)
    number = wanted if exact or versions.key(wanted)[3] else f'1.{minor}'
    return _TAG.sub(lambda match: '-'.join([number, *_variant(match[1] or '', minor)]), name)


def _variant(variant: str, minor: int) -> list[str]:
    """The rest of a tag, without releases of a distribution that the newer image may not have."""
    parts = ['alpine' if part.startswith('alpine') else part for part in variant.split('-')]
    return [part for part in parts if part.strip('0123456789.') not in ('', 'rc') and _LAST.get(part, minor) >= minor]
