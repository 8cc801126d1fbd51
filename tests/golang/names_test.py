"""What a Go file declares at its top, and what it calls of others."""

from __future__ import annotations

import pytest

from hooks.golang import names

TOPS = """package p

// func no1() {}
import "fmt"

func One() {}

func (t Three) no2() {}

func two[T any](x T) {}

type Three struct{ no3 int }

var four, no4 = 1, 2

const (
	five = iota
	six
)

var (
	// no5
	seven = `
func no6() {}
`
	eight = map[string]func(){
		"no7": func() {},
	}
)

/*
func no8() {}
*/
func init() {}
"""


def test_declared() -> None:
    assert names.declared(TOPS) == set('One two Three four five six seven eight'.split())


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('func main() { b(a()) }', ['b', 'a'], id='calls, in their order'),
        pytest.param('func main() { x.a(); x.\n\tb() }', [], id='of another'),
        pytest.param('func (t T) a() {}\nfunc main() { t.a() }', [], id='a method'),
        pytest.param('func (t T) a() {}\nfunc main() { a() }', ['a'], id='a method and a function'),
        pytest.param('func a() {}\nfunc main() { a() }', [], id='it is declared here'),
        pytest.param('func main() { a := f; a() }', [], id='a variable'),
        pytest.param('func main(a func()) { a() }', [], id='a parameter'),
        pytest.param('func main() { use(a); a() }', [], id='it is more than called'),
        pytest.param('type t interface {\n\ta() interface{ b() }\n}\nfunc main() { }', [], id='methods of interfaces'),
        pytest.param('// a()\nvar s = "b()" + `a()`', [], id='comments and strings'),
        pytest.param('var r = \'"\'; var x = a() // "', ['a'], id='a quote in a rune'),
        pytest.param('import . "x"\nfunc main() { a() }', [], id='a dot import'),
        pytest.param('import (\n\t. "x"\n)\nfunc main() { a() }', [], id='a dot import in a block'),
        pytest.param('func main() { go a() }\nvar aa, ba = ab(), 1', ['a'], id='whole words'),
        pytest.param('type t interface {', [], id='an interface without an end'),
    ],
)
def test_called(text: str, expected: list[str]) -> None:
    assert names.called([f'package main\n\n{text}\n'], {'a', 'b'}) == expected


def test_called_in_one_file_and_declared_in_another() -> None:
    assert names.called(['func main() { a() }', 'func a() {}'], {'a'}) == []


def test_components() -> None:
    text = 'package views\n\ntempl Page(title string) {\n\t<p>\n\ttempl no()\n}\n\nfunc no() {}\n'
    assert names.components(text) == {'Page'}


def test_called_of_a_package() -> None:
    text = 'func main() { views.Page("a").Render(); x.views.Other(); views.other; // views.Other()\n}'
    assert names.called_of(text, 'views', {'Page', 'Other', 'Render'}) == ['Page']
