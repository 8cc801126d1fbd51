"""Modules of others that are C's: what go says of a program that imports them, where cgo is off.

Source: measured with CGO_ENABLED=0, the newest version of each and an old one, as proxy.golang.org has them.
"""

from __future__ import annotations

from hooks.golang.gofiles import matches
from hooks.module import needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.facts.places import Place

# A package that does not compile, and what is said of it.
_FAILS = {
    'github.com/DataDog/zstd': 'build constraints exclude all Go files in github.com/DataDog/zstd',
    'github.com/godror/godror': 'github.com/godror/godror: undefined: VersionInfo',
    'github.com/h2non/bimg': 'github.com/h2non/bimg: undefined: Gravity',
    'github.com/pebbe/zmq4': 'github.com/pebbe/zmq4: undefined: State',
    'github.com/valyala/gozstd': 'github.com/valyala/gozstd: undefined: DefaultCompressionLevel',
    'gocv.io/x/gocv': 'gocv.io/x/gocv: undefined: CalibFlag',
}
# One that does, and lacks these names.
_LACKS = {
    'github.com/confluentinc/confluent-kafka-go/kafka': ('kafka.NewProducer', 'kafka.NewConsumer'),
    'github.com/confluentinc/confluent-kafka-go/v2/kafka': ('kafka.NewProducer', 'kafka.NewConsumer'),
    'github.com/davidbyttow/govips/v2/vips': ('vips.Startup',),
}


def refusal(place: Place) -> str:
    """What go says of the first of them; '' where a build may pass."""
    module, env = place.module, {**place.call.shell.env, 'CGO_ENABLED': '0'}
    if module is None or module.mod is None or place.command.name == 'test' or 'tags' in place.command.flags:
        return ''
    replaced = tuple(each.path for each in module.mod.replace)
    found = needed.packages(place.invocation._replace(env=env))
    named = [path for path, each in found.imports.items() if each.sure and not (replaced and path.startswith(replaced))]
    said = next((_FAILS[path] for path in named if path in _FAILS), '')
    if said:
        return said
    target = needed.target(place.command, env)
    for path in named:
        for name in _LACKS.get(path, ()):
            for at, file in found.files.items():
                folder, _, own = at.rpartition('/')
                if file is None or path not in file.imports or found.folders.get(folder) is not True:
                    continue
                if matches(own, file, target) and f'{name}(' in (place.view.look(at).read(place.repository) or ''):
                    return f'undefined: {name}'
    return ''
