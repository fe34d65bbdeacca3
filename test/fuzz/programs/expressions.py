"""Random expressions of every plain type, each with what it evaluates to, as Python computes it.

An expression is a text, how tight its operator binds, and a function from the values of the keys
to its value. What fails at run time raises Failed.
"""
import dataclasses
import math
import typing

from computed import (LEAST, MOST, Budget, Failed, at, cut, divided, folded, half_away, joined,
                      known, mapped, of_floats, real_divided, real_rest, rest, sized, whole)

OR, AND, NOT, COMPARE, ORELSE, SUM, PRODUCT, MINUS, POSTFIX, PRIMARY = range(1, 11)
LOOSEST = 0
KEYS = ("a", "b", "k")
TEXTS = ("", "a", "b", "ab", "Zé", "é", "😀", " x ", "a,b", "k", '"', "\\n", "low", "10")
WHOLE = (0, 1, 2, 3, 5, 7, 10, 63, 64, 255, 1000, 1 << 31, (1 << 53) + 1, MOST, MOST - 1, LEAST)
REALS = (0.0, 0.5, 1.0, 1.5, 2.5, 3.0, 0.1, 1e10, 1e16, 1e-7, 123456.789, 1e300)


@dataclasses.dataclass(frozen=True)
class Expr:
    text: str
    tight: int
    value: typing.Callable[[dict], object]

    def within(self, tight):
        """The text where an operator that binds so tightly holds it."""
        return self.text if self.tight >= tight else f"({self.text})"


INT_OPERATORS = (("+", SUM, lambda a, b: whole(a + b)), ("-", SUM, lambda a, b: whole(a - b)),
                 ("*", PRODUCT, lambda a, b: whole(a * b)), ("/", PRODUCT, divided),
                 ("%", PRODUCT, rest))
FLOAT_OPERATORS = tuple((sign, tight, of_floats(function)) for sign, tight, function in (
    ("+", SUM, lambda a, b: a + b), ("-", SUM, lambda a, b: a - b),
    ("*", PRODUCT, lambda a, b: a * b), ("/", PRODUCT, real_divided), ("%", PRODUCT, real_rest)))
COMPARISONS = (("==", lambda a, b: a == b), ("!=", lambda a, b: a != b), ("<", lambda a, b: a < b),
               ("<=", lambda a, b: a <= b), (">", lambda a, b: a > b), (">=", lambda a, b: a >= b))


def quoted(text):
    for plain, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("$", "\\$")):
        text = text.replace(plain, written)
    return f'"{text}"'


class Expressions:
    """Makes expressions over the keys of `scope`: their names by type."""

    def __init__(self, random, scope):
        self.random = random
        self.scope = {kind: list(names) for kind, names in scope.items()}
        self.names = 0

    def make(self, kind, depth):
        """An expression of a type: `int`, `float`, `bool`, `str`, `[int]`, `[str]`, `map`, `Rec`,
        `int?`."""
        names = self.scope.get(kind, [])
        if depth <= 0 or self.random.random() < 0.08:
            if names and self.random.random() < 0.75:
                return self.key(names[-1] if self.random.random() < 0.5 else
                                self.random.choice(names))
            return self.literal(kind)
        common = (self.branch, self.block, self.chosen)
        own = getattr(self, "of_" + {"[int]": "ints", "[str]": "texts", "int?": "maybe"}.get(
            kind, kind.lower()))
        if self.random.random() < 0.15:
            return self.random.choice(common)(kind, depth - 1)
        return own(depth - 1)

    def key(self, name):
        return Expr(name, PRIMARY, lambda env: env[name])

    def fresh(self):
        self.names += 1
        return f"v{self.names}"

    def under(self, kind, names, depth):
        """An expression in which these keys are known, too."""
        added = [(of, name) for of, name in names]
        for of, name in added:
            self.scope.setdefault(of, []).append(name)
        try:
            return self.make(kind, depth)
        finally:
            for of, name in added:
                self.scope[of].remove(name)

    # ---- of any type ---------------------------------------------------------

    def literal(self, kind):
        random = self.random
        if kind == "int":
            value = random.choice(WHOLE) if random.random() < 0.4 else random.randrange(-9, 100)
            return Expr(str(value), PRIMARY if value >= 0 else MINUS, lambda env: value)
        if kind == "float":
            value = random.choice(REALS)
            return Expr(repr(value).replace("+", ""), PRIMARY, lambda env: value)
        if kind == "bool":
            value = random.random() < 0.5
            return Expr(str(value).lower(), PRIMARY, lambda env: value)
        if kind == "str":
            value = random.choice(TEXTS)
            return Expr(quoted(value), PRIMARY, lambda env: value)
        if kind in ("[int]", "[str]"):
            items = [self.make(kind[1:-1], 0) for _ in range(random.randrange(1, 4))]
            return Expr("[" + ", ".join(e.text for e in items) + "]", PRIMARY,
                        lambda env: [e.value(env) for e in items])
        if kind == "map":
            entries = {key: self.make("int", 0) for key in KEYS[:random.randrange(1, 4)]}
            return Expr("{ " + ", ".join(f"{quoted(k)}: {e.text}" for k, e in entries.items())
                        + " }", LOOSEST, lambda env: {k: e.value(env) for k, e in entries.items()})
        if kind == "int?":
            inner = self.make("int", 0)
            return Expr(f"Rec {{ n: 0, s: \"\", o: {inner.text} }}.o", POSTFIX, inner.value)
        n, s = self.make("int", 0), self.make("str", 0)
        return Expr(f"Rec {{ n: {n.text}, s: {s.text} }}", PRIMARY,
                    lambda env: {"n": n.value(env), "s": s.value(env), "xs": [], "o": None})

    def branch(self, kind, depth):
        test, yes, no = (self.make(of, depth) for of in ("bool", kind, kind))
        return Expr(f"if {test.text} {{ {self.braced(yes)} }} else {{ {self.braced(no)} }}", LOOSEST,
                    lambda env: (yes if test.value(env) else no).value(env))

    def braced(self, expr):
        """A map in a body needs braces of its own."""
        return f"({expr.text})" if expr.text.startswith("{") else expr.text

    def block(self, kind, depth):
        of, name = self.random.choice(("int", "str", "[int]")), self.fresh()
        given = self.make(of, depth)
        body = self.under(kind, [(of, name)], depth)
        # A key that is not read is an error.
        if name not in body.text:
            return body
        return Expr(f"{{ let {name} = {given.text}; {self.braced(body)} }}", LOOSEST,
                    lambda env: body.value({**env, name: given.value(env)}))

    def chosen(self, kind, depth):
        of = self.random.choice(("int", "str", "bool", "int?"))
        subject = self.make(of, depth)
        if of == "int?" and "(" not in subject.text:  # in the arms a key is no optional
            of, subject = "int", self.make("int", depth)
        if of == "str":  # of a literal the compiler knows which patterns match
            subject = self.sum_of(subject, self.make("str", depth))
        patterns = {"int": (3, 1), "str": ("a", "é"), "bool": (True,), "int?": (None,)}[of]
        arms = [self.make(kind, depth) for _ in range(len(patterns) + 1)]
        def shown(pattern):
            if isinstance(pattern, str):
                return quoted(pattern)
            return "none" if pattern is None else str(pattern).lower()
        written = [f"{shown(p)} => {self.braced(arm)}" for p, arm in zip(patterns, arms)]
        written.append(f"_ => {self.braced(arms[-1])}")
        def value(env):
            found = subject.value(env)
            for pattern, arm in zip(patterns, arms):
                if found == pattern and isinstance(found, bool) == isinstance(pattern, bool):
                    return arm.value(env)
            return arms[-1].value(env)
        return Expr(f"match {subject.within(OR)} {{ {', '.join(written)} }}", LOOSEST, value)

    def binary(self, kinds, depth, operators):
        sign, tight, function = self.random.choice(operators)
        a, b = (self.make(kind, depth) for kind in kinds)
        if sign in "/%" and b.text in ("0", "0.0"):
            b = self.make(kinds[1], 0)
        left = a.within(tight + (tight == COMPARE))
        return Expr(f"{left} {sign} {b.within(tight + 1)}", tight,
                    lambda env: function(a.value(env), b.value(env)))

    def sum_of(self, a, b):
        return Expr(f"{a.within(SUM)} + {b.within(PRODUCT)}", SUM,
                    lambda env: joined(a.value(env), b.value(env)))

    def call(self, function, method, *arguments):
        """A call of one argument or several, as a method or as a function."""
        first, *others = arguments
        more = ", ".join(e.text for e in others)
        if self.random.random() < 0.6:
            text = f"{first.within(POSTFIX)}.{method}({more})"
        else:
            text = f"{method}({', '.join(e.text for e in arguments)})"
        return Expr(text, POSTFIX, lambda env: sized(function(*(e.value(env) for e in arguments))))

    def lambda_call(self, method, items, item_kind, kind, depth, function):
        name = self.fresh()
        body = self.under(kind, [(item_kind, name)], depth)

        def value(env):
            def of_item(item):
                Budget.spend()
                return body.value({**env, name: item})
            return sized(function(items.value(env), of_item))
        return Expr(f"{items.within(POSTFIX)}.{method}({name} => {body.text})", POSTFIX, value)

    # ---- of one type -----------------------------------------------------------

    def of_int(self, depth):
        make = self.make
        return self.random.choice((
            *[lambda: self.binary(("int", "int"), depth, INT_OPERATORS)] * 5,
            lambda: self.negated("int", depth, lambda a: whole(-a)),
            lambda: self.call(lambda a: whole(abs(a)), "abs", make("int", depth)),
            lambda: self.call(len, "len", make(self.random.choice(("str", "[int]", "map")), depth)),
            lambda: self.element(make("[int]", depth), self.index(), at),
            lambda: self.element(make("map", depth), make("str", 0), known),
            lambda: self.field(make("Rec", depth), "n"),
            lambda: self.orelse(depth),
            lambda: self.narrowed(depth),
            lambda: self.rounded(depth),
            lambda: self.fold("int", depth),
            lambda: self.call(lambda items: folded(items, 0, lambda a, b: whole(a + b)), "sum",
                              make("[int]", depth)),
            lambda: self.lambda_call("count", make("[int]", depth), "int", "bool", depth,
                                     lambda items, f: sum([f(item) for item in items])),
        ))()

    def of_float(self, depth):
        kinds = self.random.choice((("float", "float"), ("int", "float"), ("float", "int")))
        return self.random.choice((
            lambda: self.binary(kinds, depth, FLOAT_OPERATORS),
            lambda: self.negated("float", depth, lambda a: -a),
            lambda: self.call(abs, "abs", self.make("float", depth)),
            lambda: self.call(float, "float", self.make("int", depth)),
        ))()

    def of_bool(self, depth):
        make, kind = self.make, self.random.choice(("int", "str", "float"))
        comparisons = tuple((sign, COMPARE, function) for sign, function in COMPARISONS)
        alike = self.random.choice(("[int]", "[str]", "map", "Rec", "int?", "bool"))
        return self.random.choice((
            lambda: self.binary((kind, kind), depth, comparisons),
            lambda: self.binary((alike, alike), depth, comparisons[:2]),
            lambda: self.logic("and", AND, depth),
            lambda: self.logic("or", OR, depth),
            lambda: self.negation(depth),
            lambda: self.membership(depth),
            lambda: self.lambda_call("any", make("[int]", depth), "int", "bool", depth,
                                     lambda items, f: any(f(item) for item in items)),
            lambda: self.lambda_call("all", make("[str]", depth), "str", "bool", depth,
                                     lambda items, f: all(f(item) for item in items)),
        ))()

    def of_str(self, depth):
        make = self.make
        return self.random.choice((
            lambda: self.binary(("str", "str"), depth, (("+", SUM, joined),)),
            lambda: self.template(depth),
            lambda: self.call(str.upper, "upper", make("str", depth)),
            lambda: self.call(lambda text: text.strip(" "), "trim", make("str", depth)),
            lambda: self.element(make("str", depth), self.index(), at),
            lambda: self.part(make("str", depth)),
            lambda: self.call(lambda items, by: by.join(items), "join", make("[str]", depth),
                              make("str", 0)),
            lambda: self.call(str, "str", make("int", depth)),
            lambda: self.field(make("Rec", depth), "s"),
            lambda: self.fold("str", depth),
        ))()

    def of_ints(self, depth):
        make = self.make
        return self.random.choice((
            lambda: self.binary(("[int]", "[int]"), depth, (("+", SUM, joined),)),
            lambda: self.lambda_call("map", make("[str]", depth), "str", "int", depth, mapped),
            lambda: self.lambda_call("map", make("[int]", depth), "int", "int", depth, mapped),
            lambda: self.lambda_call("filter", make("[int]", depth), "int", "bool", depth,
                                     lambda items, f: [item for item in items if f(item)]),
            lambda: self.lambda_call("flat_map", make("[int]", depth), "int", "[int]", depth - 1,
                                     lambda items, f: [one for item in items for one in f(item)]),
            lambda: self.lambda_call("sort_by", make("[int]", depth), "int", "int", depth,
                                     lambda items, f: sorted(items, key=f)),
            lambda: self.call(lambda items: items[::-1], "reverse", make("[int]", depth)),
            lambda: self.call(lambda items: list(dict.fromkeys(items)), "unique",
                              make("[int]", depth)),
            lambda: self.call(sorted, "sort", make("[int]", depth)),
            lambda: self.part(make("[int]", depth)),
            lambda: self.call(lambda m: list(m.values()), "values", make("map", depth)),
            lambda: self.grouped(depth),
            lambda: self.field(make("Rec", depth), "xs"),
        ))()

    def of_texts(self, depth):
        make = self.make
        return self.random.choice((
            lambda: self.lambda_call("map", make("[int]", depth), "int", "str", depth, mapped),
            lambda: self.lambda_call("filter", make("[str]", depth), "str", "bool", depth,
                                     lambda items, f: [item for item in items if f(item)]),
            lambda: self.call(list, "chars", make("str", depth)),
            lambda: self.call(list, "keys", make("map", depth)),
        ))()

    def of_map(self, depth):
        base, key, value = self.make("map", depth), self.make("str", 0), self.make("int", depth)
        def changed(env):
            made = dict(base.value(env))
            made[key.value(env)] = value.value(env)
            return made
        if self.random.random() < 0.5:
            return self.call(lambda m, k, v: {**m, k: v}, "insert", base, key, value)
        written = key.text if key.text.startswith('"') else f'"${{{key.text}}}"'
        return Expr(f"{{ ...{base.within(POSTFIX)}, {written}: {value.text} }}", LOOSEST, changed)

    def of_rec(self, depth):
        base = self.make("Rec", depth)
        name, kind = self.random.choice((("n", "int"), ("s", "str"), ("xs", "[int]"), ("o", "int?")))
        given = self.make(kind, depth)
        return Expr(f"{{ ...{base.within(POSTFIX)}, {name}: {given.text} }}", LOOSEST,
                    lambda env: {**base.value(env), name: given.value(env)})

    def of_maybe(self, depth):
        make = self.make
        return self.random.choice((
            lambda: self.call(lambda m, key: m.get(key), "get", make("map", depth), make("str", 0)),
            lambda: self.call(lambda items: items[0] if items else None, "first",
                              make("[int]", depth)),
            lambda: self.call(lambda items: max(items, default=None), "max", make("[int]", depth)),
            lambda: self.field(make("Rec", depth), "o"),
        ))()

    # ---- forms ---------------------------------------------------------------------

    def negated(self, kind, depth, function):
        inner = self.make(kind, depth)
        return Expr(f"- {inner.within(MINUS)}", MINUS, lambda env: function(inner.value(env)))

    def negation(self, depth):
        inner = self.make("bool", depth)
        return Expr(f"not {inner.within(NOT)}", NOT, lambda env: not inner.value(env))

    def logic(self, word, tight, depth):
        a, b = self.make("bool", depth), self.make("bool", depth)
        def value(env):
            return a.value(env) and b.value(env) if word == "and" else a.value(env) or b.value(env)
        return Expr(f"{a.within(tight)} {word} {b.within(tight + 1)}", tight, value)

    def membership(self, depth):
        item, items = self.random.choice((("int", "[int]"), ("str", "[str]"), ("str", "map"),
                                          ("str", "str")))
        return self.binary((item, items), depth, (("in", COMPARE, lambda a, b: a in b),))

    def orelse(self, depth):
        a, b = self.make("int?", depth), self.make("int", depth)
        def value(env):
            found = a.value(env)
            return b.value(env) if found is None else found
        return Expr(f"{a.within(ORELSE + 1)} ?? {b.within(ORELSE + 1)}", ORELSE, value)

    def index(self):
        """A literal that no run accepts is an error."""
        if self.random.random() < 0.5 and self.scope.get("int"):
            return self.key(self.random.choice(self.scope["int"]))
        number = self.random.randrange(4)
        return Expr(str(number), PRIMARY, lambda env: number)

    def narrowed(self, depth):
        """A key that is none or not, tested."""
        name, given = self.fresh(), self.make("int?", depth)
        set_, unset = self.under("int", [("int", name)], depth), self.make("int", depth)
        return Expr(f"{{ let {name} = {given.text}; if {name} != none {{ {name} - 1 + "
                    f"{set_.within(PRODUCT)} }} else {{ {self.braced(unset)} }} }}", LOOSEST,
                    lambda env: self.narrow(env, name, given.value(env), set_, unset))

    @staticmethod
    def narrow(env, name, given, set_, unset):
        if given is None:
            return unset.value(env)
        return whole(whole(given - 1) + set_.value({**env, name: given}))

    def rounded(self, depth):
        number, (name, function) = self.make("float", depth), self.random.choice((
            ("floor", math.floor), ("ceil", math.ceil), ("round", half_away)))

        def value(number):
            if not math.isfinite(number):
                raise Failed
            return whole(function(number))
        return self.call(value, name, number)

    def grouped(self, depth):
        """The lengths of groups."""
        items, name, group = self.make("[int]", depth), self.fresh(), self.fresh()
        by = self.under("str", [("int", name)], depth)

        def value(env):
            groups = {}
            for item in items.value(env):
                Budget.spend()
                groups.setdefault(by.value({**env, name: item}), []).append(item)
            return [folded(group, 0, lambda a, b: whole(a + b)) for group in groups.values()]
        return Expr(f"{items.within(POSTFIX)}.group_by({name} => {by.text}).values()"
                    f".map({group} => {group}.sum())", POSTFIX, value)

    def element(self, items, index, function):
        return Expr(f"{items.within(POSTFIX)}[{index.text}]", POSTFIX,
                    lambda env: function(items.value(env), index.value(env)))

    def part(self, items):
        begin, end = self.index(), self.index()
        return Expr(f"{items.within(POSTFIX)}[{begin.text}:{end.text}]", POSTFIX,
                    lambda env: cut(items.value(env), begin.value(env), end.value(env)))

    def field(self, record, name):
        return Expr(f"{record.within(POSTFIX)}.{name}", POSTFIX,
                    lambda env: record.value(env)[name])

    def fold(self, kind, depth):
        so_far, item = self.fresh(), self.fresh()
        items, first = self.make("[int]", depth), self.make(kind, 0)
        body = self.under(kind, [(kind, so_far), ("int", item)], depth)
        def step(env):
            return lambda total, one: body.value({**env, so_far: total, item: one})
        return Expr(f"{items.within(POSTFIX)}.fold({first.text}, ({so_far}, {item}) => {body.text})",
                    POSTFIX, lambda env: folded(items.value(env), first.value(env), step(env)))

    def template(self, depth):
        inner = self.make(self.random.choice(("int", "str", "bool")), depth)
        def value(env):
            shown = inner.value(env)
            return "<" + (str(shown).lower() if isinstance(shown, bool) else str(shown)) + ">"
        return Expr(f'"<${{{inner.text}}}>"', PRIMARY, value)

