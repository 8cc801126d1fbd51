"""What most likely lies in an image still, where a program ran that nobody knows."""

from __future__ import annotations

import pytest

from hooks.context.tree import FILE, UNKNOWN, WRITTEN
from hooks.replay import belief, lacking
from hooks.replay.image import SCRATCH, Copied, Image, Unknown, Wrote
from hooks.replay.shell import View


@pytest.mark.parametrize('asked', [True, False])
def test_what_was_found_out_before_is_not_believed(asked: bool) -> None:
    """An image that was asked answers like one that was not, also where others copy from it."""
    stage: Image = Unknown(Wrote(SCRATCH, '/app/go.mod', WRITTEN), program=True)
    image = Copied(SCRATCH, '/src', stage, '/app')
    view = View(image)
    if asked:
        assert view.look('/src/go.mod').kind == UNKNOWN
        assert not lacking.ask(image, '/src/go.mod').sure
        assert view.names('/src') is None
    assert belief.look(view, '/src/go.mod').kind == FILE
    assert belief.believed(view).names('/src') == ['go.mod']
