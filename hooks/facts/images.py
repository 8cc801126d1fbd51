"""The tag of the official golang image that a FROM names: whether there is one, and where it stands still."""

from __future__ import annotations

from hooks.replay import bases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.golang.image_tags import Tag

# Tags with a floating version and one of these exist for every minor.
_ALWAYS = ('', 'alpine')


def official(reference: str) -> Tag | None:
    """The tag of a reference to the official image; None for others, a digest, and what a table need not be asked."""
    path, tag = bases.split(reference)
    if not bases.is_official(path) or '@' in reference:
        return None
    version, _, variant = tag.partition('-')
    if version.count('.') < 2 and variant in _ALWAYS:
        return None
    # Imported late: most images float.
    from hooks.golang import image_tags

    return image_tags.parse(tag)


def mended(reference: str) -> str:
    """The tag that is meant by one of a form that no tag of the official image ever had; '' for any other."""
    path, tag = bases.split(reference)
    # A look that most tags do not pass.
    if (
        not ('1.' in tag or tag.startswith(('latest-', 'alpine-')))
        or (tag.startswith('1.') and '-' in tag)
        or '@' in reference
    ):
        return ''
    if tag.replace('.', '').isdecimal() or not bases.is_official(path):
        return ''
    from hooks.golang import image_tags

    return image_tags.mended(tag)


def never(reference: str) -> bool:
    """Whether the official image never had that tag."""
    if mended(reference):
        return True
    tag = official(reference)
    if tag is None:
        return False
    from hooks.golang import image_tags

    return image_tags.never(tag)


def exists(reference: str) -> bool:
    """Whether the official image is known to have that tag."""
    path, tag = bases.split(reference)
    if not bases.is_official(path) or '@' in reference:
        return False
    from hooks.golang import image_tags

    parsed = image_tags.parse(tag)
    return parsed is not None and image_tags.exists(parsed)


def stands(reference: str) -> str:
    """The version at which a tag that looks as if it floated stands still; '' for any other."""
    tag = official(reference)
    if tag is None or not tag.floats:
        return ''
    from hooks.golang import image_tags

    return image_tags.stands(tag)


def existing(reference: str, wanted: str) -> str:
    """A reference that is proposed, without a distribution with which that Go never came."""
    tag = official(reference)
    if tag is None:
        return reference
    from hooks.golang import image_tags

    if image_tags.holds(tag, wanted):
        return reference
    family = 'alpine' if 'alpine' in tag.variant else ''
    return f'{bases.split(reference)[0]}:{tag._replace(variant=family)}'
