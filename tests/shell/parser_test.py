"""Text → tree."""

from __future__ import annotations

import pytest

from hooks.shell import parse
from hooks.shell.parser import read
from hooks.shell.tree import Node, Redirect, Simple


def case(text: str, expected: object, sentence: str) -> object:
    return pytest.param(text, expected, id=sentence)


def show(node: Node) -> str:
    """A tree in brackets: `a && b | c` is `And[a Pipe[b c]]`."""
    if isinstance(node, Simple):
        parts = [f'{name}:={value}' for name, value in node.assigns] + [*node.words, *map(redirect, node.redirects)]
        return '<' + ','.join(parts) + '>' if len(parts) != 1 else parts[0]
    return type(node).__name__ + '[' + ' '.join(part for part in map(field, node) if part) + ']'


def field(value: object) -> str:
    match value:
        case None:
            return ''
        case str():
            return value
        case Redirect():
            return redirect(value)
        case tuple() if hasattr(value, '_fields'):
            return show(value)  # type: ignore[arg-type]
        case tuple():
            return ' '.join(field(one) if not is_branch(one) else f'{{{field(one)}}}' for one in value)
    raise AssertionError(value)


def is_branch(value: object) -> bool:
    return isinstance(value, tuple) and not hasattr(value, '_fields') and any(isinstance(one, tuple) for one in value)


def redirect(value: Redirect) -> str:
    return f'{"" if value.fd is None else value.fd}{value.op}{"!" if value.literal else ""}{value.target!r}'


@pytest.mark.parametrize(
    ('text', 'tree'),
    [
        case('', 'Seq[]', 'nothing is an empty list'),
        case(' # only a comment\n', 'Seq[]', 'a comment is nothing'),
        case('a', 'a', 'one command stands alone'),
        case('a b  c', '<a,b,c>', 'blanks separate words'),
        case('a && b || c', 'Or[And[a b] c]', '&& and || bind alike, to the left'),
        case('a || b && c', 'And[Or[a b] c]', '|| and && bind alike, to the left'),
        case('a; b && c; d', 'Seq[a And[b c] d]', 'a semicolon binds less than &&'),
        case('a\n\n # x\nb\n', 'Seq[a b]', 'newlines separate commands'),
        case('a &&\n# x\n b', 'And[a b]', 'a newline and a comment may stand behind &&'),
        case('a && # x\n b', 'And[a b]', 'a comment ends with its line'),
        case('a#b #c', 'a#b', 'a number sign in a word is no comment'),
        case('a | b | c', 'Pipe[a b c]', 'a pipeline is flat'),
        case('a |& b', 'Pipe[a b]', 'a pipe may take standard error along'),
        case('! a | b', 'Not[Pipe[a b]]', 'a bang negates the whole pipeline'),
        case('! a && b', 'And[Not[a] b]', 'a bang negates no more than a pipeline'),
        case('a & b', 'Seq[Background[a] b]', 'an ampersand separates'),
        case('a && b &', 'Background[And[a b]]', 'an ampersand takes the whole list'),
        case('(a; b)', 'Subshell[Seq[a b]]', 'parentheses are a subshell'),
        case('{ a; b; }', 'Group[Seq[a b]]', 'braces are a group'),
        case('{a; }', None, 'a brace that touches a word is none'),
        case('echo { } if', '<echo,{,},if>', 'reserved words are reserved in front only'),
        case('"if" a', '<"if",a>', 'a quoted word is not reserved'),
        case('i\\\nf a; then b; fi', None, 'a reserved word with a line continuation is not understood'),
        case('if a; then b; fi', 'If[{a b}]', 'if'),
        case('if a; then b; else c; fi', 'If[{a b} c]', 'if and else'),
        case('if a\nthen b\nelif c; then d; e\nelse f\nfi', 'If[{a b} {c Seq[d e]} f]', 'elif'),
        case('if a; then b; fi >x', "If[{a b} >'x']", 'a redirection behind fi'),
        case('for x in a "b c"; do d; done', 'Loop[for x a "b c" d]', 'for'),
        case('for x\ndo a; done', 'Loop[for x "$@" a]', 'for without in'),
        case('for x in; do a; done', 'Loop[for x a]', 'for over nothing'),
        case('for ((i=0;i<3;i++)); do a; done', 'Loop[while <((,i=0;i<3;i++,))> a]', 'a counting for'),
        case('while a; b; do c; done', 'Loop[while Seq[a b] c]', 'while'),
        case('until a; do c; done <f', "Loop[until a c <'f']", 'until'),
        case('case $x in a|"b") c;; (*) d; e; esac', 'Case[$x {a "b" c} {* Seq[d e]}]', 'case'),
        case('case x in a) ;; esac', 'Case[x {a Seq[]}]', 'an empty branch'),
        case('case x in\nesac', 'Case[x]', 'a case without branches'),
        case('case x in a) b;& c) d;; esac', None, 'a branch that falls through'),
        case('f() { a; }; f', 'Seq[Function[f Group[a]] f]', 'a function'),
        case('function f { a; }', 'Function[f Group[a]]', 'a function of bash'),
        case('function f() (a)', 'Function[f Subshell[a]]', 'a function whose body is a subshell'),
        case('f() a', None, 'a function whose body is a simple command'),
        case(
            '[[ -f a && $b =~ ^(x|y)$ ]] && c',
            'And[<[[,-f,a,&&,$b,=~,^(x|y)$,]]> c]',
            'the double bracket is a command',
        ),
        case('[[ a < b ]]; c', 'Seq[<[[,a,<,b,]]> c]', 'a less-than sign in double brackets is an operator'),
        case('[[ a; b ]]', None, 'a semicolon in double brackets'),
        case('((i++)) && a', 'And[<((,i++,))> a]', 'arithmetic is a command'),
        case('((a); b)', 'Subshell[Seq[Subshell[a] b]]', 'a subshell at the start of a subshell'),
        case('((a)||(b))', 'Subshell[Or[Subshell[a] Subshell[b]]]', 'a subshell at both ends of a subshell'),
        case('time a b', '<time,a,b>', 'time is a word'),
        case('time { a; }', 'Group[a]', 'time before a group'),
        case('set -o pipefail; a', 'Seq[<set,-o,pipefail> a]', 'set is a command'),
        case('A=1 B="x y" c D=2', '<A:=1,B:="x y",c,D=2>', 'assignments stand in front'),
        case('A= b', '<A:=,b>', 'an empty assignment'),
        case('a=(1 "2 3"\n4) b', '<a:=(1 "2 3"\n4),b>', 'an array'),
        case('local -a a=(1 2)', '<local,-a,a=(1 2)>', 'a declared array'),
        case('a+=b', 'a:=${a}b', 'an addition'),
        case('a[1]=b', 'a:=(b)', 'an element'),
        case('1a=b', '1a=b', 'what is no name is no assignment'),
        case('a >b 2>&1 <c >>d', "<a,>'b',2>&'1',<'c',>>'d'>", 'redirections'),
        case('a &>b', "<a,&>'b'>", 'both outputs'),
        case('a 2 >b', "<a,2,>'b'>", 'a number apart is a word'),
        case('a2>b', "<a2,>'b'>", 'a number in a word is no descriptor'),
        case('a 12>b', None, 'a number that is a descriptor in bash only'),
        case('a >2>b', None, 'a number that is no target'),
        case('>a', ">'a'", 'a redirection alone'),
        case('>a b', "<b,>'a'>", 'a redirection in front'),
        case('a <<<"b c"', '<a,<<<\'"b c"\'>', 'a here-string'),
        case('a <(b; c) d', '<a,<(b; c),d>', 'a process substitution is a word'),
        case('cat <<E >f && a\n$b\nE\nc', "Seq[And[<cat,<<'$b\\n',>'f'> a] c]", 'a here-document'),
        case('cat <<"E"\n$b\nE', "<cat,<<!'$b\\n'>", 'a here-document with a quoted delimiter'),
        case('cat <<-E\n\t\ta\n\tE\nb', "Seq[<cat,<<'a\\n'> b]", 'a here-document that loses its tabs'),
        case('a <<E; b <<F\n1\nE\n2\nF\n', "Seq[<a,<<'1\\n'> <b,<<'2\\n'>]", 'two here-documents on a line'),
        case('cat <<E\nE', "<cat,<<''>", 'an empty here-document'),
        case('cat <<E\na', None, 'a here-document without an end'),
        case('cat <<E "\n"\nE\n', None, 'a newline between a here-document and its body'),
        case('cat <<E\na\\\nE\nE\n', None, 'a line continuation before the delimiter'),
        case('if cat <<E; then\n)\nE\nb; fi', "If[{<cat,<<')\\n'> b}]", 'a here-document inside if'),
        case('a=$(cat <<E\n)\nE\n) b', '<a:=$(cat <<E\n)\nE\n),b>', 'a here-document in a substitution'),
        case('a \\\n b', '<a,b>', 'a line continuation is a blank'),
        case('a\\\nb', 'a\\\nb', 'a line continuation in a word stays for expand'),
        case('a "$(b ")" "$(c)")" d', '<a,"$(b ")" "$(c)")",d>', 'quotes in a substitution in quotes'),
        case('a $(case x in y) z;; esac) b', '<a,$(case x in y) z;; esac),b>', 'a case in a substitution'),
        case('a `b "\\`c\\`"` d', '<a,`b "\\`c\\`"`,d>', 'backquotes'),
        case('a $((1+(2))) b', '<a,$((1+(2))),b>', 'arithmetic in a word'),
        case('a ${b:-"}"} ${c%\'}\'} "${d:-e f}"', '<a,${b:-"}"},${c%\'}\'},"${d:-e f}">', 'quoted braces'),
        case("a $'b\\'c' d", "<a,$'b\\'c',d>", 'a quote of bash'),
        case("a '", None, 'an open quote'),
        case('a $(b', None, 'an open substitution'),
        case('a $(b;;)', None, 'an error in a substitution'),
        case('a `b (`', None, 'an error in backquotes'),
        case('a && && b', None, 'an operator without a command'),
        case('; a', None, 'a semicolon without a command'),
        case('a;; b', None, 'a double semicolon outside case'),
        case('()', None, 'an empty subshell'),
        case('if a; then fi', None, 'an empty branch of if'),
        case('a) b', None, 'a parenthesis too many'),
        case('a; }', None, 'a brace too many'),
        case('a (b)', None, 'a parenthesis behind a word'),
        case('select x in a; do b; done', None, 'select'),
        case('coproc a', None, 'coproc'),
        case('$x() { a; }', None, 'a function without a plain name'),
        case('a\r\nb', 'Seq[a\r b]', 'a carriage return is a character like others'),
        case('a\x0bb\x0cc\u2028d\u00a0e', 'a\x0bb\x0cc\u2028d\u00a0e', 'only blank, tab and newline separate'),
        case('a\0\udcff', 'a\0\udcff', 'bytes that are no text'),
    ],
)
def test_parse(text: str, tree: str | None) -> None:
    found = parse(text)
    assert (found if found is None else show(found)) == tree


def test_an_and_that_equals_an_or_is_another_node() -> None:
    assert type(parse('a && b')) is not type(parse('a || b'))


@pytest.mark.parametrize(
    'text',
    [
        'go mod download',
        'cd cmd && go build -o /bin/x ./...',
        ' a  &&\tb ',
        'echo "a && b" && echo \'c && d\'',
        'a "b" && if x',
        'a && { b; }',
        'a &&',
        '&& a',
        'a && b &',
        'echo \'a " && " b\'',
        'a && b=c',
        'a && # b',
    ],
)
def test_the_short_way_reads_what_the_parser_reads(text: str) -> None:
    assert repr(parse(text)) == repr(read(text))
