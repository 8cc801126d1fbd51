from __future__ import annotations

import pytest

from hooks.context import ignore


def hides(text: str, path: str) -> int:
    """The line of the pattern that hides the path, 0 when it is in the context."""
    patterns = ignore.parse(text)
    assert patterns is not None
    found = ignore.matcher(patterns)(path)
    return found.line if found else 0


def case(text: str, path: str, line: int, sentence: str) -> object:
    return pytest.param(text, path, line, id=sentence)


@pytest.mark.parametrize(
    ('text', 'path', 'line'),
    [
        case('', 'go.sum', 0, 'an empty file hides nothing'),
        case('go.sum\n', 'go.sum', 1, 'a name hides itself'),
        case('go.sum\n', 'svc/go.sum', 0, 'a name without wildcards is at the top only'),
        case('*.sum\n', 'go.sum', 1, 'a star stands for a part of a name'),
        case('*.sum\n', 'svc/go.sum', 0, 'a star does not cross a slash'),
        case('**/*.sum\n', 'a/b/go.sum', 1, 'two stars stand for any folders'),
        case('**/go.sum\n', 'go.sum', 1, 'two stars stand for no folder too'),
        case('**/go.sum\n', 'cargo.sum', 0, 'two stars and a slash end at an element'),
        case('**go.sum\n', 'cargo.sum', 1, 'two stars without a slash end anywhere'),
        case('a/**\n', 'a/b/c', 1, 'two stars at the end match everything below'),
        case('a/**/c\n', 'a/c', 1, 'two stars in the middle stand for no folder too'),
        case('**\n!go.mod\n', 'go.mod', 0, 'an exception brings a file back'),
        case('**\n!go.mod\n', 'main.go', 1, 'an exception brings nothing else back'),
        case('**\n!**/*.go\n', 'cmd/x/main.go', 0, 'an exception reaches into ignored folders'),
        case('go.?um\n', 'go.sum', 1, 'a question mark is one character'),
        case('go?sum\n', 'go/sum', 0, 'a question mark is no slash'),
        case('go.[a-t]um\n', 'go.sum', 1, 'a class has ranges'),
        case('go.[^a-t]um\n', 'go.sum', 0, 'a class is negated by a caret'),
        case('go.[!x]um\n', 'go.sum', 0, 'a class is not negated by an exclamation mark'),
        case('go.[!s]um\n', 'go.sum', 1, 'an exclamation mark is a member of its class'),
        case('[\\]a]\n', ']', 1, 'a class escapes with a backslash'),
        case('\\*.go\n', '*.go', 1, 'an escaped star is a star'),
        case('\\*.go\n', 'a.go', 0, 'an escaped star is nothing else'),
        case('\\!keep\n', '!keep', 1, 'an escaped exclamation mark is no exception'),
        case('\\#x\n', '#x', 1, 'an escaped number sign is no comment'),
        case('bin\\dist\n', 'bin/dist', 0, 'a backslash is no slash'),
        case('v\\d\n', 'v7', 1, 'a backslash and a letter is whatever it is in regular expressions'),
        case('a.c\n', 'abc', 0, 'a dot is a dot'),
        case('a.c*\n', 'abc', 0, 'a dot beside a wildcard is a dot'),
        case('*(1)+$\n', 'a(1)+$', 1, 'what is special in regular expressions only stands for itself'),
        case('*.{js,ts}\n', 'x.js', 0, 'braces list nothing'),
        case('vendor\n', 'vendor/a/b.go', 1, 'a folder hides what lies below it'),
        case('vendor/\n', 'vendor/a/b.go', 1, 'a slash at the end makes no difference'),
        case('/vendor\n', 'vendor/a.go', 1, 'a slash in front makes no difference'),
        case('//vendor\n', 'vendor/a.go', 1, 'slashes in front make no difference'),
        case('./vendor\n', 'vendor/a.go', 1, 'a dot in front makes no difference'),
        case('a//./b/../vendor\n', 'a/vendor/x', 1, 'paths are cleaned'),
        case('../go.sum\n', 'go.sum', 0, 'two dots lead out of the context'),
        case('/../go.sum\n', 'go.sum', 1, 'two dots after a slash lead nowhere'),
        case('.\n', 'go.sum', 0, 'a lone dot hides nothing'),
        case('/\n', 'go.sum', 0, 'a lone slash hides nothing'),
        case('# go.sum\n', '# go.sum', 0, 'a number sign at the start of a line makes a comment'),
        case(' # go.sum\n', '# go.sum', 1, 'a number sign after a space makes none'),
        case('go.sum # sums\n', 'go.sum', 0, 'there are no comments at the end of a line'),
        case('\ufeffgo.sum\n', 'go.sum', 1, 'a byte order mark is dropped'),
        case('\ufeff# x\n*.sum\n', 'go.sum', 2, 'a comment may follow a byte order mark'),
        case('a\r\n*.sum\r\n', 'go.sum', 2, 'lines may end with CR LF'),
        case('\n\n  \t\ngo.sum', 'go.sum', 4, 'lines without a pattern count, the last newline is not needed'),
        case(' \u3000go.sum\xa0 \n', 'go.sum', 1, 'white space around a pattern is dropped'),
        case('\x1fgo.sum\n', 'go.sum', 0, 'a control character is no white space'),
        case('x\x0cy\u2028z\n*.sum\n', 'go.sum', 2, 'only a line feed ends a line'),
        case('*.sum\n! go.sum\n', 'go.sum', 0, 'white space may follow the exclamation mark'),
        case('*.sum\n!/go.sum\n', 'go.sum', 0, 'an exception may start with a slash'),
        case('*.sum\n!go.sum\n*.sum\n', 'go.sum', 3, 'the last match wins'),
        case('!go.sum\n*.sum\n', 'go.sum', 2, 'an exception before the pattern is too early'),
        case('*.sum\ngo.sum\n', 'go.sum', 1, 'of two patterns that hide a file the first is named'),
        case('!!a\n', 'a', 0, 'a second exclamation mark belongs to the name'),
        case('a/c\n!a\n', 'a/c', 1, 'an exception for the folder above comes too late for its files'),
        case('a\n!a\n', 'a/c', 0, 'an exception for an ignored folder brings back what lies below'),
        case('a\n!a/x\na\n', 'a/x', 0, 'a pattern repeated for a folder is not tried again'),
        case('a\n!a/x\na/*\n', 'a/x', 3, 'another pattern for the same file is'),
        case('p\n!p/*/**\n', 'p/x/y', 1, 'an ignored folder is not entered where no exception starts with it'),
        case('p\n!p/*/z\n', 'p/x/z', 0, 'every folder is entered when an exception has wildcards in front'),
        case('*\n!p/x/y\n', 'p/x/y', 0, 'an ignored folder is entered on the way to an exception'),
        case('*\n!p/x/y\n', 'p/x/z', 1, 'on the way to an exception its neighbours stay hidden'),
        case('é*\n', 'éa', 1, 'letters beyond ASCII match themselves'),
        case('?.go\n', 'é.go', 1, 'a question mark is a letter, not a byte'),
    ],
)
def test_hides(text: str, path: str, line: int) -> None:
    assert hides(text, path) == line


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('!\n', id='a lone exclamation mark'),
        pytest.param('! \n', id='an exclamation mark and white space'),
        pytest.param('!/\n', id='an exception for the root'),
        pytest.param('[a\n', id='an unclosed class'),
        pytest.param('[]\n', id='an empty class'),
        pytest.param('[z-a]\n', id='a range from the end to the start'),
        pytest.param('a\\\n', id='a backslash at the end'),
        pytest.param('ok\nbin\\obj\n', id='an escape that regular expressions have not'),
        pytest.param('[[:alpha:]]\n', id='a named class'),
        pytest.param('*a|b\n', id='a bar beside a wildcard'),
        pytest.param('*a{2}\n', id='a count beside a wildcard'),
        pytest.param('x\n' + 'a' * 65536, id='a line of 64 KiB'),
        pytest.param('x\n#' + 'é' * 32768, id='a comment of 64 KiB'),
    ],
)
def test_unknown(text: str) -> None:
    assert ignore.parse(text) is None


def test_a_long_line_below_the_limit_is_a_pattern() -> None:
    assert hides('a' * 65535 + '\ngo.sum\n', 'go.sum') == 2


def test_patterns_say_what_they_are() -> None:
    patterns = ignore.parse('# x\n\n  /vendor/ \n! ./vendor//keep\n')
    assert patterns is not None
    assert [pattern[:4] for pattern in patterns] == [
        ('/vendor/', 3, False, 'vendor'),
        ('! ./vendor//keep', 4, True, 'vendor/keep'),
    ]


def test_bytes_that_are_not_utf8_are_read() -> None:
    assert hides(b'caf\xe9\n*.sum\n'.decode('utf-8', 'surrogateescape'), 'go.sum') == 2


def test_a_deep_path_is_walked() -> None:
    assert hides('**/x\n!**/y\n', 'a/' * 5000 + 'x/z') == 1
