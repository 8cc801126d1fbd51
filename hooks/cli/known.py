"""What `--baseline` knows of a repository, and `--write-baseline`. Imported only where one of them is asked for."""

from __future__ import annotations

from hooks.report import baseline, printing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.cli.running import Run
    from hooks.report.baseline import Key
    from hooks.report.finding import Finding


def new(run: Run, findings: list[Finding]) -> list[Finding]:
    """The findings that the baseline does not know; none after it was written."""
    name, read = run.options.baseline, run.repository.read
    path = run.repository.name(name)
    if path is None:
        return _wrong(run, findings, f'{name} is no file of this repository')
    if run.options.write_baseline:
        return _write(run, path, findings)
    text = read(path)
    if text is None:
        return _wrong(run, findings, f'{name} is not there: write it with `--write-baseline`')
    known = baseline.read(text)
    if known is None:
        return _wrong(run, findings, f'{name} is no baseline: write it anew with `--write-baseline`')
    found, gone = baseline.new(findings, known, read)
    # Of files that nobody named nothing is known.
    if not run.options.names and not run.repository.prefix and any(key[1] in run.names for key in gone):
        printing.warn(run.hook, f'{name} has findings that are mended: write it anew with `--write-baseline`')
    return found


def _wrong(run: Run, findings: list[Finding], problem: str) -> list[Finding]:
    printing.warn(run.hook, problem)
    run.lost.append(run.options.baseline)
    return findings


def _write(run: Run, path: str, findings: list[Finding]) -> list[Finding]:
    """Write the findings down, beside those of other hooks; what is written is none any more."""
    before = run.repository.read(path)
    others: dict[Key, int] = baseline.kept(baseline.read(before or '') or {}, run.names)
    after = baseline.written({**others, **baseline.counted(findings, run.repository.read)})
    known = len(run.findings)
    if before != after and run.write({path: after}):
        # Whoever asks for that file gets it: no failure, unlike a file that a fix changes.
        run.written.discard(path)
    # That it cannot be written.
    return run.findings[known:]
