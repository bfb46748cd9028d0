"""Mutants: the add-ons' code with one thing changed, as a tired engineer would have got it wrong.

What is changed: a comparison turned or shifted by its limit, `and` for `or`, a guard left out, a `not`
left out, a number one off; in SQL a comparison, AND, NULL test or EXISTS. What is left alone: class
bodies (fields and constraints need an update of the database), messages and their arguments, logging.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from .base import ROOT, installed_addons

# The demo's figures mean nothing; its invariants are tests of their own.
SKIPPED = {"tests", "demo", "migrations", "static", "__pycache__"}
UNROOMED = ("models", "wizard")  # a folder of theirs is a room
TURNED = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
SQL_TURNED = {
    "<=": "<",
    ">=": ">",
    "<": "<=",
    ">": ">=",
    "=": "<>",
    "IS NULL": "IS NOT NULL",
    "IS NOT NULL": "IS NULL",
    "NOT EXISTS": "EXISTS",
    "AND": "OR",
    "OR": "AND",
}
SQL_TEXT = re.compile(r"\b(SELECT|UPDATE|INSERT|DELETE|WHERE|EXISTS|AND|OR|IS (NOT )?NULL)\b")
SQL_SPOT = re.compile(r"(?<=\s)(<=|>=|<|>|=)(?=\s)|\bIS NOT NULL\b|\bIS NULL\b|\bNOT EXISTS\b|\bAND\b|\bOR\b")
BETWEEN = re.compile(r"\bBETWEEN\s+\S+\s+$")
AT_UPDATE = {"init", "_auto_init"}  # what they do is in the database already
QUIET_CALLS = {"_", "_t", "_lt", "debug", "info", "warning", "exception", "error"}


@dataclass(frozen=True)
class Mutant:
    """One change: bytes `start` to `end` of a file become `text`."""

    room: str
    path: Path  # relative to the repository
    line: int
    function: str  # the outermost
    kind: str
    start: int
    end: int
    before: str
    text: str

    def apply(self, tree):
        """Write the changed file below `tree`; return what it was."""
        path = tree / self.path
        was = path.read_bytes()
        path.write_bytes(was[: self.start] + self.text.encode() + was[self.end :])
        return was

    def __str__(self):
        return f"{self.path}:{self.line}  {_short(self.before)}  ->  {_short(self.text)}"


def _short(text, width=70):
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


def rooms():
    """Return {room: [files]} of every folder with code, paths relative to the repository.

    A folder of `models` or `wizard` is a room, a controller belongs to the room of its name; any other
    folder (`tools`, `report`) is one of its own, named after the add-on where two have it.
    """
    found = {}
    for addon in installed_addons():
        for path in sorted((ROOT / addon).rglob("*.py")):
            parts = path.relative_to(ROOT / addon).parts
            if len(parts) < 2 or SKIPPED & set(parts) or path.name == "__init__.py":
                continue
            found.setdefault(_room_of(addon, parts), []).append(path.relative_to(ROOT))
    return found


def _room_of(addon, parts):
    if parts[0] in UNROOMED and len(parts) > 2:
        return parts[1]
    if parts[0] == "controllers" and (ROOT / addon / "models" / Path(parts[1]).stem).is_dir():
        return Path(parts[1]).stem
    return parts[0] if addon == installed_addons()[0] else addon.rsplit("_", 1)[-1]


def mutants_of(room, path):
    """Return all mutants of a file."""
    source = (ROOT / path).read_text(encoding="utf-8")
    finder = _Finder(room, path, source)
    finder.visit(ast.parse(source))
    return finder.found


class _Finder(ast.NodeVisitor):
    """Walk over what is executed, and note each place that can be changed."""

    def __init__(self, room, path, source):
        self.room, self.path, self.raw = room, path, source.encode()
        self.starts = [0]
        for line in self.raw.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.functions, self.found = [], []

    def _span(self, node):
        return (self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset)

    def _note(self, kind, node, text, span=None, before=None):
        start, end = span or self._span(node)
        before = before or self.raw[start:end].decode()
        line = node.lineno + self.raw[self._span(node)[0] : start].count(b"\n")
        function = self.functions[0] if self.functions else ""
        self.found.append(Mutant(self.room, self.path, line, function, kind, start, end, before, text))

    # -- where not to look -------------------------------------------------------------------
    def visit_ClassDef(self, node):
        """Only methods: what a class body declares is in the database already."""
        for child in node.body:
            if isinstance(child, (ast.FunctionDef, ast.ClassDef)):
                self.visit(child)

    def visit_FunctionDef(self, node):
        """The body and the defaults, without docstring and decorators."""
        if node.name in AT_UPDATE:
            return
        self.functions.append(node.name)
        body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
        for child in [*node.args.defaults, *node.args.kw_defaults, *body]:
            if child is not None:
                self.visit(child)
        self.functions.pop()

    def visit_Call(self, node):
        """Nobody tests the words of a message."""
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in QUIET_CALLS:
            self.generic_visit(node)

    def visit_Expr(self, node):
        """Strings that stand by themselves are remarks."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Subscript(self, node):
        """The 0 and 1 of an index raise at once or mean the same: look at the value only."""
        self.visit(node.value)
        if not isinstance(node.slice, (ast.Constant, ast.Slice, ast.UnaryOp)):
            self.visit(node.slice)

    # -- what to change ----------------------------------------------------------------------
    def visit_Compare(self, node):
        """Turn a comparison, or shift it by its limit."""
        turned = TURNED.get(type(node.ops[0])) if len(node.ops) == 1 else None
        if turned:
            text = f"({ast.unparse(node.left)} {turned} {ast.unparse(node.comparators[0])})"
            self._note("compare", node, text)
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        """`and` for `or`."""
        word = " or " if isinstance(node.op, ast.And) else " and "
        self._note("bool", node, "(" + word.join(f"({ast.unparse(value)})" for value in node.values) + ")")
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        """Leave out a `not`."""
        if isinstance(node.op, ast.Not):
            self._note("not", node, f"({ast.unparse(node.operand)})")
        self.generic_visit(node)

    def visit_If(self, node):
        """Leave out what a guard does."""
        if not node.orelse:
            self._note("guard", node.test, "False")
        self.generic_visit(node)

    def visit_Constant(self, node):
        """A number one off; a turn in SQL."""
        if type(node.value) is int and 0 < node.value < 400:
            self._note("number", node, str(node.value + 1))
        elif isinstance(node.value, str) and SQL_TEXT.search(node.value):
            self._note_sql(node)

    def visit_JoinedStr(self, node):
        """Nothing of ours is SQL by f-string."""

    def _note_sql(self, node):
        start, end = self._span(node)
        text = self.raw[start:end].decode()
        for spot in SQL_SPOT.finditer(text):
            if BETWEEN.search(text[: spot.start()]):
                continue  # the AND of a BETWEEN
            turned = SQL_TURNED[spot[0]]
            at = start + len(text[: spot.start()].encode())
            around = text[max(text.rfind("\n", 0, spot.start()), 0) : (text + "\n").find("\n", spot.end())]
            shown = around.strip().replace(spot[0], f"[{spot[0]}]", 1) if around.count(spot[0]) == 1 else None
            self._note(
                "sql", node, turned, (at, at + len(spot[0])), shown or f"… {text[spot.start() - 30 : spot.end() + 30]}"
            )
