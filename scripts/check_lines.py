"""The CHECK lines of a lit test, and what they become for other output.

A line that still holds stays as it is, with what it leaves open. One that does not becomes the
line of output most like it; between lines that follow each other (-NEXT) no output is left out.
"""
import difflib
import re

KINDS = "NEXT|EMPTY|LABEL|SAME|NOT|DAG|COUNT-[0-9]+"
# What a made line leaves open: folders, and with `other_files` lines of interface files.
MADE_OPEN = ["{{.*}}", "{{[ .0-9]+}}", "{{[0-9:]+}}", "{{[{][{]}}", r"{{\[\[}}", "{{RUN}}"]
UNLIKE, SKIPPED, GAP, HOLDS = 0.5, -4, -2, 10


class HandWritten(Exception):
    """Why lines cannot be made anew."""


class Directive:
    def __init__(self, at, leader, kind, text):
        self.at, self.leader, self.kind, self.text = at, leader, kind, text

    @property
    def follows(self):
        return self.kind in ("NEXT", "EMPTY")

    def check_can_be_made(self):
        """Only what this script would write itself is written anew."""
        rest = self.text
        for part in MADE_OPEN:
            rest = rest.replace(part, "")
        if "{{" in rest or "[[" in rest:
            raise HandWritten(f"line {self.at + 1} has an expression of its own")

    def holds(self, line, exact):
        """As FileCheck has it; `exact` is --strict-whitespace."""
        if self.kind == "EMPTY":
            return line == ""
        text = self.text if exact else " ".join(self.text.split())
        line = line if exact else " ".join(line.split())
        parts = re.split(r"\{\{(.*?)\}\}", text)
        pattern = "".join(f"(?:{part})" if i % 2 else re.escape(part)
                          for i, part in enumerate(parts))
        try:
            found = re.fullmatch(pattern, line) if exact else re.search(pattern, line)
        except re.error:  # of POSIX
            return False
        return found is not None

    def likeness(self, line):
        text = " ".join(re.sub(r"\{\{.*?\}\}", "", self.text).split())
        ratio = difflib.SequenceMatcher(None, text, " ".join(line.split()), autojunk=False).ratio()
        return ratio if ratio >= UNLIKE else None


def directives(lines, prefix):
    form = re.compile(rf"^(.*?)(?<![\w-]){re.escape(prefix)}(?:-({KINDS}))?:(.*)$")
    found = [(at, form.match(line)) for at, line in enumerate(lines) if "RUN:" not in line]
    return [Directive(at, match[1], match[2] or "", match[3]) for at, match in found if match]


def placed(wanted, output, exact):
    """For each directive the index of its line of output, or None: the alignment with the
    highest score."""
    score = [[None] * len(output) for _ in wanted]
    for i, directive in enumerate(wanted):
        held = [directive.holds(line, exact) for line in output]
        for j, line in enumerate(output):
            if held[j]:
                score[i][j] = HOLDS
            elif not any(held) or directive.follows:
                like = directive.likeness(line)
                score[i][j] = None if like is None else 8 * like
    # best[i][j + 1]: the first i directives, the last one placed at line j; -1: none placed yet.
    low = float("-inf")
    best = [[0] + [low] * len(output)]
    back = []
    for i, directive in enumerate(wanted):
        row, ways = [low] * (len(output) + 1), [None] * (len(output) + 1)
        before = best[-1]
        top, top_at = low, 0  # the best up to where this one may follow
        for j in range(len(output) + 1):
            if before[j] + SKIPPED > row[j]:
                row[j], ways[j] = before[j] + SKIPPED, (j, False)
            if j == 0:
                top, top_at = before[0], 0
                continue
            if not directive.follows and before[j] > top:
                top, top_at = before[j], j
            if score[i][j - 1] is not None:
                options = [(top + (GAP if directive.follows else 0), top_at)]
                if directive.follows:
                    options.append((before[j - 1], j - 1))
                value, source = max(options)
                if value + score[i][j - 1] > row[j]:
                    row[j], ways[j] = value + score[i][j - 1], (source, True)
            if directive.follows and before[j] > top:
                top, top_at = before[j], j
        best.append(row)
        back.append(ways)
    at = max(range(len(output) + 1), key=lambda j: best[-1][j])
    places = []
    for ways in reversed(back):
        source, used = ways[at]
        places.append(at - 1 if used else None)
        at = source
    return places[::-1]


def opened(line, folders, other_files):
    """A line of output as text of a CHECK line. Lines of interface files move, and with
    them the width of the gutter, so these are left open."""
    line = line.replace("{{", "{{[{][{]}}").replace("[[", r"{{\[\[}}").replace("RUN:", "{{RUN}}:")
    for folder in folders:
        line = re.sub(re.escape(folder) + r"(/[^\s`'\":]*)?/", "{{.*}}", line)
    if other_files:
        line = re.sub(r"^[ .\d]+(\||=|-->|:::)", r"{{[ .0-9]+}}\1", line)
        line = re.sub(r"(::: \S+pf):\d+:\d+", r"\1:{{[0-9:]+}}", line)
    return line


class Maker:
    """Writes lines in the manner of those that stand there."""

    def __init__(self, prefix, exact, leader, wide, folders, output):
        self.prefix, self.exact, self.leader, self.wide = prefix, exact, leader, wide
        self.folders, self.other_files = folders, any(":::" in line for line in output)

    def line(self, kind, text):
        if not text:
            return f"{self.leader}{self.prefix}-EMPTY:"
        gap = "" if self.exact else " " * (6 if self.wide and not kind else 1)
        kind = kind and f"-{kind}"
        return f"{self.leader}{self.prefix}{kind}:{gap}{opened(text, self.folders, self.other_files)}"


def rewritten(text, prefix, output, exact, folders, told=()):
    """The test's text with the lines of `prefix` as `output` (lines) asks for. `exact`: they
    are the whole output, blanks included (%check_text). Lines of output with one of `told`, as
    --implicit-check-not has them, have a line each."""
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    wanted = directives(lines, prefix)
    for directive in wanted:
        if directive.kind not in ("", "NEXT", "EMPTY", "LABEL"):
            raise HandWritten(f"line {directive.at + 1} is {prefix}-{directive.kind}")
    if not wanted and not exact:
        raise HandWritten(f"no line says which output {prefix} is about")
    places = placed(wanted, output, exact)
    maker = Maker(prefix, exact, wanted[0].leader if wanted else "# ",
                  any(re.match(r" {6}\S", d.text) for d in wanted if not d.kind), folders, output)
    made = {}  # by line of the test: what stands there now
    last = -1  # the last line of output that was said

    def until(place, all_lines):
        """The lines of output before `place` that must be said."""
        for i in range(last + 1, place):
            if all_lines:
                yield maker.line("NEXT" if i else "", output[i])
            elif any(part in output[i] for part in told):
                yield maker.line("", output[i])

    for directive, place in zip(wanted, places):
        made[directive.at] = []
        if place is None:
            directive.check_can_be_made()
            if not (directive.follows or exact or told):
                raise HandWritten(f"nothing like line {directive.at + 1} is printed")
            continue
        made[directive.at] += until(place, exact or directive.follows)
        kind = ("NEXT" if place else "") if exact else directive.kind.replace("EMPTY", "NEXT")
        if directive.holds(output[place], exact) and kind == directive.kind.replace("EMPTY", "NEXT"):
            made[directive.at].append(lines[directive.at])
        else:
            directive.check_can_be_made()
            new = maker.line(kind, output[place])
            if directive.text.strip().startswith("{{.*}}:"):  # it leaves the file open, too
                new = re.sub(r"\{\{\.\*\}\}[\w.-]+:", "{{.*}}:", new, count=1)
            made[directive.at].append(new)
        last = place
    end = wanted[-1].at if wanted else len(lines) - 1
    made.setdefault(end, lines[end:]).extend(until(len(output), exact))
    result = [new for at, line in enumerate(lines) for new in made.get(at, [line])]
    if not lines:
        result = made[end]
    return "\n".join(result) + "\n"
