"""Random small flows that change keys in loops and branches, each with what it ends with."""
from computed import Budget, Failed, joined, sized, whole
from expressions import Expressions


class Left(Exception):
    """`break` or `continue`."""


class Flow:
    """The lines of a flow of the parameters `params`, by type, that ends with the key `total`."""

    def __init__(self, random, params):
        self.random = random
        self.expressions = Expressions(random, params)
        for kind, name in (("int", "total"), ("str", "word"), ("[int]", "found")):
            self.expressions.scope.setdefault(kind, []).append(name)

    def make(self):
        """The lines of the body, and a function from the parameters to the result."""
        starts = [(name, self.expressions.literal(kind)) for name, kind in
                  (("total", "int"), ("word", "str"), ("found", "[int]"))]
        lines = [f"let {name} = {expr.text}" for name, expr in starts]
        body, run = self.block(3, False)
        end = "total = total + found.len() + word.len()"

        def value(params):
            env = dict(params)
            for name, expr in starts:
                env[name] = expr.value(env)
            run(env)
            return whole(env["total"] + len(env["found"]) + len(env["word"]))
        return lines + body + [end], value

    def block(self, depth, in_loop):
        parts = [self.statement(depth, in_loop) for _ in range(self.random.randrange(1, 4))]

        def run(env):
            for _, one in parts:
                one(env)
        return [line for lines, _ in parts for line in lines], run

    def statement(self, depth, in_loop):
        forms = [self.assignment]
        if depth > 0:
            forms += [self.branch, self.loop, self.counted, self.each]
        if in_loop:
            forms.append(self.leave)
        return self.random.choice(forms)(depth - 1, in_loop)

    def assignment(self, _depth, _in_loop):
        name, kind = self.random.choice((("total", "int"), ("word", "str"), ("found", "[int]")))
        given = self.expressions.make(kind, 2)

        def run(env):
            Budget.spend()
            env[name] = sized(given.value(env))
        return [f"{name} = {given.text}"], run

    def branch(self, depth, in_loop):
        test = self.expressions.make("bool", 2)
        yes, run_yes = self.block(depth, in_loop)
        no, run_no = self.block(depth, in_loop)
        lines = [f"if {test.text} {{", *indented(yes), "} else {", *indented(no), "}"]
        return lines, lambda env: (run_yes if test.value(env) else run_no)(env)

    def leave(self, _depth, _in_loop):
        test, word = self.expressions.make("bool", 1), self.random.choice(("break", "continue"))

        def run(env):
            if test.value(env):
                raise Left(word)
        return [f"if {test.text} {{ {word} }}"], run

    def loop(self, depth, _in_loop):
        items, name = self.expressions.make("[int]", 2), self.expressions.fresh()
        self.expressions.scope["int"].append(name)
        body, run_body = self.block(depth, True)
        use = f"total = total + {name} % 7"
        self.expressions.scope["int"].remove(name)
        lines = [f"repeat {name} in {items.text} {{", *indented([*body, use]), "}"]

        def run(env):
            for item in items.value(env):
                Budget.spend()
                env[name] = item
                try:
                    run_body(env)
                    env["total"] = whole(env["total"] + (abs(item) % 7) * (-1 if item < 0 else 1))
                except Left as left:
                    if left.args[0] == "break":
                        break
        return lines, run

    def counted(self, depth, _in_loop):
        """A loop that fails where `until` does not hold after so many rounds."""
        body, run_body = self.block(depth, True)
        until, most = self.expressions.make("bool", 2), self.random.randrange(1, 5)
        lines = [f"repeat with (max: {most}) {{", *indented(["total = total + 1", *body]),
                 f"}} until {until.text}"]

        def run(env):
            for _ in range(most):
                Budget.spend()
                try:
                    env["total"] = whole(env["total"] + 1)
                    run_body(env)
                except Left as left:
                    if left.args[0] == "break":
                        break
                if until.value(env):
                    break
            else:
                raise Failed("limit")
        return lines, run

    def each(self, _depth, _in_loop):
        items, name = self.expressions.make("[int]", 2), self.expressions.fresh()
        made = self.expressions.under("int", [("int", name)], 2)
        results = self.expressions.fresh()
        policy = self.random.choice(("", " with (parallel: 3)"))
        lines = [f"{items.within(9)} >> each {name}{policy} {{ return {made.text} }} -> {results}",
                 f"found = found + {results}"]

        def run(env):
            found = []
            for item in items.value(env):
                Budget.spend()
                found.append(made.value({**env, name: item}))
            env["found"] = joined(env["found"], found)
        return lines, run


def indented(lines):
    return ["  " + line for line in lines]
