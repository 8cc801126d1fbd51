"""A build, replayed in memory: stages × context → moments.

A moment is a step, or one go command of it, and the image just before it. Every step is replayed as if it had passed:
a source that is not there is there from then on, so that one cause is one finding. Only the stages that the target
needs are built, as BuildKit does it. Source: moby/buildkit, frontend/dockerfile/dockerfile2llb.
"""

from __future__ import annotations

from hooks.context.paths import normal, upwards, within
from hooks.context.tree import ABSENT, FILE, IS_FOLDER, Tree
from hooks.dockerfile import parser
from hooks.lean.record import Record
from hooks.replay import bases, copying, shells
from hooks.replay.image import GO, Image, Wrote, which_go
from hooks.replay.script import Script
from hooks.replay.shell import LONGEST_VALUE, Shell, View
from hooks.replay.starts import Order, Starts
from hooks.replay.systems import WATCHED
from hooks.replay.walker import TOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.dockerfile.heredoc import Heredoc
    from hooks.dockerfile.parser import Dockerfile, Stage, Step
    from hooks.replay.build import Build
    from hooks.replay.shell import Call, Failure

# One stage can stand on another, which is replayed inside it.
MOST_STAGES = 100
# Nobody builds in a deeper folder.
DEEPEST_PATH = 200
# A rule looks at the steps before and behind one; nobody writes so many.
MOST_STEPS = 2500
# Each go command is asked what it loads of all files that are there; nobody runs so many.
MOST_CALLS = 250
# What the shell form is handed to, unless SHELL says otherwise.
SHELL_FORM = ('/bin/sh', '-c')
# Arguments that BuildKit sets itself: known to nobody here.
PREDEFINED = tuple(
    f'{side}{part}' for side in ('TARGET', 'BUILD') for part in ('PLATFORM', 'OS', 'ARCH', 'VARIANT', 'OSVERSION')
)


class Argument(Record):
    """An ARG before the first FROM: its value, and its line; 0 where the build passes the value."""

    name: str
    value: str
    line: int


class From(Record):
    """The FROM that names a stage's image, through stages on stages: the reference ('' when not known), its line.

    `word` is the reference as it is written there, `args` are the arguments in it. `brought` names the image whose Go a
    COPY --from has brought since, or the archive that a step has unpacked: `verb` is what is done with either.
    """

    reference: str = ''
    line: int = 0
    word: str = ''
    args: tuple[Argument, ...] = ()
    verb: str = 'build from'
    brought: From | None = None


class Moment(Record):
    """A step, or a go command of it, and what the image is like just before.

    `copies` are the sources that the step takes, with what lies there; `call` is the go command, in the shell in which
    it runs. `go` is the image's Go (see `bases.Start`), `base` the FROM that names that image. `end` is how the stage
    ends that is built: its step is the instruction that a container starts with, its view the whole image. A RUN that
    `lacks_shell` is in shell form, and no shell is to be seen; `absent` is a command whose program is not there, with
    the image that its RUN leaves.
    """

    step: Step
    stage: Stage
    workdir: str | None
    view: View
    go: str | None
    copies: tuple[copying.Source, ...] = ()
    call: Call | None = None
    base: From = From()
    failure: Failure | None = None
    end: State | None = None
    lacks_shell: bool = False
    absent: Failure | None = None
    # A word that the builder does not process, and what it says of it.
    refused: tuple[str, str] = ('', '')
    # Who runs a go command, as in State.
    user: str | None = ''


class State(Record):
    """A stage at some point: its image, and what the next instruction starts from."""

    image: Image
    workdir: str | None
    env: bases.Environment
    args: dict[str, str | None]
    go: str | None
    shell: tuple[str, ...]
    onbuild: tuple[Step, ...] = ()
    base: From = From()
    # What an instruction expands: ENV goes before ARG.
    variables: bases.Environment = bases.Environment()
    starts: Starts = Starts()
    # Whom USER names last: '' where none does, None where it is not known; and the line of that.
    user: str | None = ''
    user_line: int = 0

    def setting(self, env: bases.Environment, args: dict[str, str | None]) -> State:
        return self._replace(env=env, args=args, variables=type(env)({**args, **env}))


def replay(build: Build, dockerfile: Dockerfile) -> list[Moment]:
    """The moments of every stage that the build's target needs, in the order of their lines."""
    replayer = Replayer(build, dockerfile)
    return sorted(replayer.moments, key=lambda moment: moment.step.line) if replayer.run() else []


class Replayer:
    """One walk through the stages that the target needs."""

    # What the last RUN left, with its mounts still on it.
    left: View

    def __init__(self, build: Build, dockerfile: Dockerfile) -> None:
        self.build, self.dockerfile = build, dockerfile
        self.given: Mapping[str, str | None] = dict(build.args)
        self.globals = self._globals()
        self.moments: list[Moment] = []
        self._states: dict[int, State] = {}

    def run(self) -> bool:
        """Replay the target and what it needs; False where a build is too large, or runs too deep."""
        stages, target = self.dockerfile.stages, self.build.target
        if len(stages) > MOST_STAGES or sum(len(stage.steps) for stage in stages) > MOST_STEPS:
            return False
        last = self.index(target) if target else len(stages) - 1
        try:
            if last is not None:
                self._end(self.stage(last), stages[last])
        except RecursionError:
            return False
        return sum(moment.call is not None for moment in self.moments) <= MOST_CALLS

    def index(self, name: str, before: int | None = None) -> int | None:
        """The stage that a name or a number means, among those before another."""
        stages = self.dockerfile.stages[:before]
        if name.isdecimal() and len(name) < 9 and int(name) < len(stages):
            return int(name)
        names = [stage.name for stage in stages]
        return len(names) - 1 - names[::-1].index(name.lower()) if name and name.lower() in names else None

    def stage(self, index: int) -> State:
        """The state at the end of a stage, replayed once."""
        if index not in self._states:
            stage = self.dockerfile.stages[index]
            state = self._start(stage, index)
            # BuildKit, too, reports a trigger at the FROM that sets it off.
            inherited = [step._replace(line=stage.line, last=stage.line) for step in state.onbuild]
            state = state._replace(onbuild=()) if inherited else state
            for step in (*inherited, *stage.steps):
                state = self._step(step, stage, index, state)
            self._states[index] = state
        return self._states[index]

    def _end(self, state: State, stage: Stage) -> None:
        """What the image starts is asked at the end, of the whole image."""
        first = next((each for each in (state.starts.first, state.starts.healthcheck) if each), None)
        if first:
            view = View(state.image)
            self.moments.append(Moment(first.step, stage, state.workdir, view, state.go, base=state.base, end=state))

    def tree(self, name: str | None, index: int) -> Tree:
        """What `--from` names: an earlier stage, a named context, or an image that nobody knows."""
        if name is None:
            return Tree()
        context = self.build.contexts.get(name.lower())
        stage = self.index(name, index) if context is None else None
        return self.stage(stage).image if stage is not None else context or bases.start(name).image

    # Stages

    def _globals(self) -> dict[str, str | None]:
        """ARGs before the first FROM."""
        values: dict[str, str | None] = dict.fromkeys(PREDEFINED)
        for step in self.dockerfile.args:
            for arg in step.args:
                name, equals, raw = arg.partition('=')
                default = self._expand(raw, values) if equals else None
                values[name] = self.given.get(name, default)
        return values

    def _start(self, stage: Stage, index: int) -> State:
        base = self._base(stage.base)
        context = self.build.contexts.get(base.lower()) if base else None
        earlier = self.index(base, index) if base and context is None and not base.isdecimal() else None
        if earlier is not None:
            # With its arguments, too.
            return self.stage(earlier)
        # A named context of that name takes the image's place.
        reference = None if context is not None else base
        start = bases.start(reference)
        named = From(reference or '', stage.line, stage.base, self._arguments(stage.base) if '$' in stage.base else ())
        env, starts = start.env, Starts(known=start.plain)
        return State(start.image, start.workdir, env, {}, start.go, SHELL_FORM, (), named, env, starts)

    def _base(self, word: str) -> str | None:
        """The image that FROM names; an ARG without a default, which no build gives, is empty to `${NAME:-DEFAULT}`."""
        base = self._expand(word, self.globals)
        if base is not None or ':-' not in word:
            return base
        bare = {arg for step in self.dockerfile.args for arg in step.args if '=' not in arg} - self.given.keys()
        defaulted = {name for name in bare if word.count(name) == word.count(f'${{{name}:-')}
        return self._expand(word, {name: value for name, value in self.globals.items() if name not in defaulted})

    def _arguments(self, word: str) -> tuple[Argument, ...]:
        """The ARGs of a FROM whose values are known and written as they are."""
        found = {}
        for step in self.dockerfile.args:
            for arg in step.args:
                name, _, raw = arg.partition('=')
                value = self.globals.get(name)
                if name in word and value and (name in self.given or '$' not in raw):
                    found[name] = Argument(name, value, 0 if name in self.given else step.line)
        return tuple(found.values())

    def _step(self, step: Step, stage: Stage, index: int, state: State) -> State:
        refused = parser.refused(step, self.dockerfile.escape)
        if refused[1]:
            self.moments.append(Moment(step, stage, state.workdir, View(state.image), state.go, refused=refused))
        match step.name:
            case 'WORKDIR':
                return self._workdir(step, stage, state)
            case 'ENV':
                return self._env(step, state)
            case 'ARG':
                return self._arg(step, state)
            case 'SHELL':
                return state._replace(shell=step.args)
            case 'COPY' | 'ADD':
                return self._copy(step, stage, index, state)
            case 'RUN':
                return self._run(step, stage, index, state)
            case 'ONBUILD':
                inner = parser.onbuild(step)
                return state._replace(onbuild=(*state.onbuild, inner)) if inner else state
            case 'USER':
                user = self._expand(step.args[0], state.variables) if step.args else None
                return state._replace(user=user, user_line=step.line)
            case 'ENTRYPOINT' | 'CMD' | 'HEALTHCHECK':
                return state._replace(starts=state.starts.after(Order(step, state.shell)))
        return state

    def _expand(self, word: str, env: Mapping[str, str | None]) -> str | None:
        value = parser.expand(word, env, self.dockerfile.escape)
        return None if value is not None and len(value) > LONGEST_VALUE else value

    def _workdir(self, step: Step, stage: Stage, state: State) -> State:
        path = self._expand(step.args[0], state.variables)
        if path is None or (state.workdir is None and not path.startswith('/')):
            return state._replace(workdir=None)
        workdir = normal(path, state.workdir or '')
        if workdir.count('/') > DEEPEST_PATH:
            return state._replace(workdir=None)
        if state.image.fed and any(
            state.image.look(path).kind == FILE for path in (workdir, *upwards(workdir)) if path
        ):
            self.moments.append(Moment(step, stage, workdir, View(state.image), state.go, base=state.base))
        return state._replace(workdir=workdir, image=Wrote(state.image, workdir, IS_FOLDER) if workdir else state.image)

    def _env(self, step: Step, state: State) -> State:
        env, before = state.env.copy(), state.variables
        for pair in step.args:
            name, _, value = pair.partition('=')
            env[self._expand(name, before) or name] = self._expand(value, before)
        return state.setting(env, state.args)

    def _arg(self, step: Step, state: State) -> State:
        args, env = state.args.copy(), state.env
        for arg in step.args:
            name, equals, raw = arg.partition('=')
            known = self.given if name in self.given else self.globals if not equals else {}
            default = self._expand(raw, state.setting(env, args).variables) if equals else None
            if equals or name in known or name not in args:
                args[name] = known.get(name) if name in known else default
            if (equals or name in known) and dict.__contains__(env, name):
                # The later one wins in BuildKit; in the older builders ENV does.
                env = env.copy()
                env.pop(name)
        return state.setting(env, args)

    # Steps

    def _copy(self, step: Step, stage: Stage, index: int, state: State) -> State:
        flags = dict(step.flags)
        source = self._expand(flags['from'], state.variables) if 'from' in flags else ''
        tree = self.build.context if 'from' not in flags else self.tree(source, index)
        copy = copying.read(step, tree, state.variables, state.workdir, self.dockerfile.escape)
        view = View(state.image)
        self.moments.append(Moment(step, stage, state.workdir, view, state.go, copy.sources, base=state.base))
        image = copying.apply(copy, state.image)
        if copy.target is not None and ('from' in flags or (copy.add and '.linux-' in ' '.join(step.args))):
            # A copied folder may hold Go's, or be it; an archive is unpacked into one called go.
            inside = GO if within(GO, copy.target) else f'{copy.target}/bin/go'
            path = f'{copy.target}/go/bin/go' if copy.add else inside
            found = image.look(path)
            go = which_go(found)[0] if found != state.image.look(path) else ''
            brought = self._unpacked(go, step, stage) if copy.add else self._brought(source, step, index)
            state = state._replace(base=state.base._replace(brought=brought)) if go else state
        return state._replace(image=image)

    def _brought(self, source: str | None, step: Step, index: int) -> From | None:
        """The image whose Go a COPY --from may bring."""
        stage = self.index(source, index) if source and source.lower() not in self.build.contexts else None
        if stage is not None:
            state = self.stage(stage)
            return state.base.brought or state.base
        return From(source, step.line, source, verb='copy it from') if source else None

    def _unpacked(self, go: str, step: Step, stage: Stage) -> From:
        """The archive of a Go that a step unpacks, where it is named last, and the variables of its name."""
        before = [each for each in stage.steps if each.line <= step.line]
        named = next((each for each in reversed(before) if '.linux-' in ' '.join(each.args)), step)
        name, text = 'go{}.linux-amd64.tar.gz', ' '.join(named.args)
        found = {}
        for each in (*self.dockerfile.args, *before):
            for pair in each.args if each.name in ('ARG', 'ENV') else ():
                variable, _, raw = pair.partition('=')
                passed = each.name == 'ARG' and variable in self.given
                if variable in text and (self.given[variable] if passed else self._expand(raw, {})) == go:
                    found[variable] = Argument(variable, go, 0 if passed else each.line)
        word = name.format(f'${{{next(iter(found))}}}') if found else name.format(go)
        return From(name.format(go), named.line, word, tuple(found.values()), 'unpack')

    def _run(self, step: Step, stage: Stage, index: int, state: State) -> State:
        variables = state.variables
        mounts, sources = [], []
        for value in (value for name, value in step.flags if name == 'mount'):
            mount = copying.mount(value, lambda word: self._expand(word, state.variables), state.workdir)
            variables = type(variables)({**variables, mount.env: None}) if mount.env else variables
            tree = self.build.context if mount.origin == '' else self.tree(mount.origin, index)
            source = copying.mounted(mount, tree)
            sources += [source] if source else []
            if mount.target is not None:
                mounts.append((mount.target, copying.mount_image(mount, tree, self._is_empty(mount, value, state))))
        view = View(state.image, tuple(mounts))
        if sources:
            self.moments.append(Moment(step, stage, state.workdir, view, state.go, tuple(sources)))
        if not step.exec and state.shell == SHELL_FORM and view.look(SHELL_FORM[0]).kind == ABSENT:
            self.moments.append(Moment(step, stage, state.workdir, view, state.go, base=state.base, lacks_shell=True))
        script = Script(Shell(view, state.workdir, variables), self.build.repository)
        _play(script, step, state.shell)
        if script.unpacked:
            brought = self._unpacked(script.unpacked, step, stage)
            state = state._replace(base=state.base._replace(brought=brought))
        found = [
            Moment(step, stage, state.workdir, c.shell.view, state.go, (), c, state.base, user=state.user)
            for c in script.calls
        ]
        for each in script.absent:
            left = script.shell.view
            self.moments.append(Moment(step, stage, state.workdir, left, state.go, base=state.base, absent=each))
        if script.failure:
            before = len(found) if script.failure.before is None else script.failure.before
            base, failure = state.base, script.failure
            found.insert(before, Moment(step, stage, state.workdir, view, state.go, base=base, failure=failure))
        self.moments += found
        self.left = script.shell.view
        return state if self.left.image is state.image else state._replace(image=self.left.image)

    def _is_empty(self, mount: copying.Mount, value: str, state: State) -> bool:
        """Whether a cache mount is empty for certain: it lies over the WORKDIR, and no other step may fill it."""
        if mount.type != 'cache' or mount.origin or not mount.target or not within(state.workdir or '', mount.target):
            return False
        steps = (step for stage in self.dockerfile.stages for step in stage.steps)
        caches = [other for step in steps for name, other in step.flags if name == 'mount' and 'cache' in other]
        name, others = mount.target.rpartition('/')[2], [other for other in caches if other != value]
        alike = any('id=' in other or '$' in other or name in other for other in others)
        return caches.count(value) == 1 and not alike


def _play(script: Script, step: Step, shell: tuple[str, ...]) -> None:
    """Hand a RUN to the shell that runs it."""
    if step.exec:
        script.execute(step.args)
        return
    if shell[:1] and shell[0].rpartition('/')[2] in WATCHED:
        script.sought(shell[0], shell, TOP, says=f'exec: "{shell[0]}": stat {shell[0]}: no such file or directory')
    started = shells.read(shell)
    # A SHELL that holds a script already, and a shell that a step brought.
    own = shell[:1] and script.shell.view.look(shell[0]).kind == FILE
    if started is None or started.name not in shells.NAMES or not started.command or started.rest or own:
        # A script that nobody can follow.
        script.run('(')
        return
    if started[1:4] != (False, False, False) or started.profiles or dict.keys(script.shell.env) & {'BASH_ENV', 'ENV'}:
        script.shell = shells.start(started, script.shell)
    name, document = started.name, _document(step)
    if document and document.content.startswith('#!'):
        name = _sought(script, document)
    script.shell = script.shell._replace(bash=name == 'bash')
    script.run(_text(step))


def _sought(script: Script, document: Heredoc) -> str:
    """The name of the program that a heredoc is for; that the image comes without it is said."""
    first, *rest = _program(document)
    if first == '/usr/bin/env' and len(rest) == 1:
        says = f"env: can't execute '{rest[0]}': No such file or directory"
        script.sought(rest[0], tuple(rest), TOP, says=says)
        return rest[0]
    script.sought(first, (first,), TOP, f'/dev/pipes/{document.name}')
    return first.rpartition('/')[2]


def _document(step: Step) -> Heredoc | None:
    """The heredoc that is the whole command, and so the script itself."""
    text = step.args[0] if step.args and len(step.heredocs) == 1 else ''
    alone = text.strip().lstrip('0123456789').startswith('<<') and not text.split()[1:]
    return step.heredocs[0] if alone else None


def _program(document: Heredoc) -> list[str]:
    """What the first line of a script names, in words."""
    first = document.content.partition('\n')[0]
    return (first[2:].split() or ['']) if first.startswith('#!') else ['/bin/sh']


def _text(step: Step) -> str:
    """The script of a RUN."""
    document = _document(step)
    if document is None:
        text = step.args[0] if step.args else ''
        return text + ''.join(f'\n{doc.content}{doc.name}' for doc in step.heredocs)
    program = _program(document)
    plain = any(word.rpartition('/')[2] in ('sh', 'bash', 'ash', 'dash') for word in program)
    # '(' is a script that nobody can follow.
    errexit = any(word.startswith('-') and 'e' in word for word in program[1:])
    return ('set -e\n' if errexit else '') + document.content if plain else '('
