"""What a container of an image starts: ENTRYPOINT, CMD and HEALTHCHECK, as the last of each leaves them.

Source: moby/buildkit, dockerfile2llb (dispatchEntrypoint, dispatchCmd), and the Docker reference on how CMD and
ENTRYPOINT interact.
"""

from __future__ import annotations

from hooks.lean.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.dockerfile.parser import Step


class Order(Record):
    """An instruction that says what to run, and the shell that its shell form is handed to."""

    step: Step
    shell: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What follows `CMD` in a HEALTHCHECK, and everything in the others."""
        return self.step.args[1:] if self.step.name == 'HEALTHCHECK' else self.step.args


class Starts(Record):
    """The orders in force; None where there is none. `known`: the base image is known to bring no ENTRYPOINT."""

    known: bool = False
    entrypoint: Order | None = None
    cmd: Order | None = None
    healthcheck: Order | None = None

    def after(self, order: Order) -> Starts:
        """With one more instruction."""
        if order.step.name == 'HEALTHCHECK':
            none = order.step.args[0].upper() == 'NONE'
            return self._replace(healthcheck=None if none else order)
        if order.step.name == 'CMD':
            return self._replace(cmd=order)
        return self._replace(known=True, entrypoint=order if order.words else None)

    @property
    def orders(self) -> tuple[Order, ...]:
        """Those that run something by themselves: a CMD behind an ENTRYPOINT hands it arguments, and no more."""
        cmd = self.cmd if self.known and self.entrypoint is None else None
        return tuple(each for each in (self.entrypoint, cmd, self.healthcheck) if each)

    @property
    def first(self) -> Order | None:
        """The one that starts the container; None where nobody knows."""
        return self.entrypoint or (self.cmd if self.known else None)

    @property
    def words(self) -> tuple[str, ...]:
        """All the words of an exec form that is started: those of ENTRYPOINT, and of CMD behind them."""
        more = self.cmd if self.entrypoint and self.cmd and self.cmd.step.exec else None
        return (*(self.first.words if self.first else ()), *(more.words if more else ()))
