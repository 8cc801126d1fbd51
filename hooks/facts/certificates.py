"""Whether a program calls https in an image that has no certificates to trust.

Source: crypto/x509 of Go 1.21 to 1.27, root_linux.go and root_unix.go: the files and folders that it reads,
SSL_CERT_FILE and SSL_CERT_DIR; and what programs do that bring certificates of their own.
"""

from __future__ import annotations

from hooks.facts import contents, own_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.tree import Program
    from hooks.facts.own_source import Literal
    from hooks.facts.places import At, Place

BUNDLE = '/etc/ssl/certs/ca-certificates.crt'
_PLACES = ('/etc/ssl', '/etc/pki', '/system/etc/security/cacerts')
# Calls of net/http up to the address, as most write them.
_VERBS = ('Get', 'Post', 'Put', 'Head', 'Delete', 'Patch')
_METHODS = (*(f'"{verb.upper()}"' for verb in _VERBS), *(f'http.Method{verb}' for verb in _VERBS))
_CONTEXTS = ('ctx', 'context.Background()', 'context.TODO()', 'r.Context()', 'req.Context()')
_CALLS = (
    *(f'http.{name}("https://' for name in ('Get', 'Post', 'Head', 'PostForm')),
    *(f'http.NewRequest({method}, "https://' for method in _METHODS),
    *(f'http.NewRequestWithContext({each}, {method}, "https://' for each in _CONTEXTS for method in _METHODS),
)
# What stands in a program that chooses whom it trusts, or is no client of the world.
_OWN = ('RootCAs', 'InsecureSkipVerify', 'SystemCertPool', 'SetFallbackRoots', 'SSL_CERT_', 'httptest.')
_MODULES = ('x509roots', 'rootcerts', 'gocertifi', 'certifi')


def has_none(at: At) -> bool:
    """Whether the image has no certificates, for certain; what starts the container may still bring them."""
    end = at.moment.end
    if end is None or any(name in end.env for name in ('SSL_CERT_FILE', 'SSL_CERT_DIR')):
        return False
    if not all(contents.lacks(at, path) for path in _PLACES):
        return False
    texts = (at.build.repository.read(each.by) or '' for each in at.build.declared)
    return not any('/etc/ssl' in text or 'SSL_CERT_' in text for text in texts)


def called(place: Place, program: Program) -> Literal | None:
    """The first address that the program's own packages call by https; None where they do not, or nobody knows."""
    source, module = own_source.source(place, program), place.module
    if source is None or module is None or module.mod is None:
        return None
    if any(name in each.path for each in module.mod.require for name in _MODULES):
        return None
    if any(word in text for text in source.texts() for word in _OWN):
        return None
    return next((each for call in _CALLS for each in source.literals('net/http', call)), None)
