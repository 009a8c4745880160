"""The map in `macros/__init__.py` is complete, imports only flow down it, and the code keeps the rules of its size."""

import ast
import re
import tokenize
from collections.abc import Callable
from functools import cache
from pathlib import Path

import macros
from conftest import ROOT, SOURCE_SOP
from macros.checks.runner import load_catalogue

FOLDER = Path(macros.__file__).parent
MAP = [line.split()[0] for line in (macros.__doc__ or "").splitlines() if line[:1].islower() and "  " in line]
ROOMS = sorted(path.name for path in FOLDER.iterdir() if (path / "__init__.py").is_file())
MODULES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.py"))
PYTHON = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("macros", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
)
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 200, 30


def each_of(names: list[str]) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """One test of many names, which reports each that breaks the rule: a test for each takes longer to collect than to run."""

    def with_names(rule: Callable[[str], None]) -> Callable[[], None]:
        def test() -> None:
            broken = {}
            for name in names:
                try:
                    rule(name)
                except AssertionError as error:
                    broken[name] = str(error)
            assert broken == {}

        test.__doc__ = rule.__doc__
        return test

    return with_names


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((FOLDER / module).read_text(encoding="utf-8"))


@cache
def nodes(module: str) -> list[ast.AST]:
    return [*ast.walk(tree(module))]


@cache
def imports_of(module: str) -> set[str]:
    """The full names of what a module imports, wherever in it."""
    names: set[str] = set()
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: write the full name of the module"
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def own_imports(module: str) -> set[str]:
    """The modules of the project that a module imports."""
    paths = {name.removeprefix("macros.").replace(".", "/") for name in imports_of(module)}
    return {found for path in paths for found in (f"{path}.py", f"{path}/__init__.py") if found in MODULES}


def room_of(module: str) -> str:
    return module.split("/")[0]


def test_the_map_is_complete() -> None:
    assert sorted(MAP) == ROOMS
    assert {room_of(module) for module in MODULES} == {*ROOMS, "__init__.py"}
    assert {room for room in ROOMS if len([one for one in MODULES if room_of(one) == room]) > 1} == {*ROOMS}


def test_every_room_has_tests() -> None:
    tested = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    assert {*ROOMS} - tested == set()


@each_of(MODULES)
def test_imports_only_flow_down_the_map(module: str) -> None:
    above = MAP[: MAP.index(room_of(module)) + 1] if room_of(module) in MAP else []
    assert {room_of(name) for name in own_imports(module)} <= {*above}


def may_import(room: str) -> set[str]:
    """The rooms that a room's `__init__.py` names."""
    text = " ".join((ast.get_docstring(tree(f"{room}/__init__.py")) or "").split())
    found = re.search(r"Imports: (all rooms(?: but ([\w, ]+))?|no other room|([\w, ]+))\.", text)
    assert found, f"macros/{room}/__init__.py does not name the rooms that it may import"
    if found[1].startswith("all rooms"):
        return {*ROOMS} - {*re.split(r", | and ", found[2] or "")}
    return {*re.split(r", | and ", found[3] or "")} - {""}


@each_of(ROOMS)
def test_a_room_imports_only_the_rooms_that_it_names(room: str) -> None:
    named = may_import(room)
    assert named <= {*ROOMS}
    used = {room_of(name) for module in MODULES if room_of(module) == room for name in own_imports(module)}
    assert used - {room} <= named


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = {module: own_imports(module) for module in MODULES}
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    assert not left


def test_only_one_module_imports_mkdocs() -> None:
    importers = [one for one in MODULES if any(name.split(".")[0] == "mkdocs" for name in imports_of(one))]
    assert len(importers) == 1
    assert room_of(importers[0]) == "host"


@each_of(MODULES)
def test_modules_and_functions_stay_small(module: str) -> None:
    assert len((FOLDER / module).read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    sizes = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in nodes(module)
        if isinstance(node, functions)
    }
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION} == {}


@each_of(PYTHON)
def test_every_exception_to_a_rule_has_its_reason_on_the_line(path: str) -> None:
    with tokenize.open(ROOT / path) as file:
        if not re.search(r"noqa|type: ignore|\bcast\b", file.read()):
            return
        file.seek(0)
        tokens = [*tokenize.generate_tokens(file.readline)]
    comments = {one.start[0]: one.string for one in tokens if one.type == tokenize.COMMENT}
    exceptions = {line: text for line, text in comments.items() if re.search(r"noqa|type: ignore", text)}
    reason = re.compile(r"# (noqa: [A-Z]+\d+(, [A-Z]+\d+)*|type: ignore\[[\w, -]+\]) (- |# )\w.*")
    assert {line: text for line, text in exceptions.items() if not reason.fullmatch(text)} == {}
    casts = {one.start[0] for one in tokens if one.type == tokenize.NAME and one.string == "cast"}
    used = {line for line in casts if not re.match(r"\s*(from|import) ", line_of(path, line))}
    assert used - comments.keys() == set(), "a cast has no reason"


def line_of(path: str, number: int) -> str:
    return (ROOT / path).read_text(encoding="utf-8").splitlines()[number - 1]


CHANGING = {
    "append",
    "add",
    "update",
    "setdefault",
    "pop",
    "popitem",
    "clear",
    "extend",
    "insert",
    "remove",
    "discard",
}
EMPTY = {
    "{}",
    "[]",
    "set()",
    "dict()",
    "list()",
    "WeakKeyDictionary()",
    "defaultdict(list)",
    "defaultdict(dict)",
}


def names_at_the_top(module: str) -> set[str]:
    """What a module assigns or imports outside its functions and classes."""
    names: set[str] = set()
    for node in tree(module).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {one.id for one in targets if isinstance(one, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def changed_objects(node: ast.AST) -> list[ast.expr]:
    """The objects that a statement or call changes in place."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Delete):
        targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
        return [one.value for one in targets if isinstance(one, ast.Subscript | ast.Attribute)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        return [node.func.value]
    return []


@each_of(MODULES)
def test_nothing_at_the_top_of_a_module_changes(module: str) -> None:
    top = names_at_the_top(module)
    objects = [one for node in nodes(module) for one in changed_objects(node)]
    assert [
        f"{one.id}, line {one.lineno}" for one in objects if isinstance(one, ast.Name) and one.id in top
    ] == []
    assert [node.names for node in nodes(module) if isinstance(node, ast.Global)] == []


@each_of(MODULES)
def test_no_module_begins_with_something_empty_to_fill(module: str) -> None:
    assigned = [
        node for node in tree(module).body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
    ]
    assert [one.lineno for one in assigned if ast.unparse(one.value or one) in EMPTY] == []


@each_of(MODULES)
def test_no_module_caches_for_a_catalogue(module: str) -> None:
    """What follows from a catalogue is kept in it, and goes with it."""
    functions = [node for node in tree(module).body if isinstance(node, ast.FunctionDef)]
    cached = [node for node in functions if any("cache" in ast.unparse(one) for one in node.decorator_list)]
    assert [node.name for node in cached if "Catalogue" in ast.unparse(node.args)] == []


def test_only_tests_of_the_sop_read_sop_data() -> None:
    """A valid edit of `sop_data/` needs no edit of a test."""
    reads = re.compile(r'\b(?:ROOT|parent)\)? / "sop_data|\bROOT, "sop_data|cwd=ROOT|chdir\(ROOT')
    others = [one for one in PYTHON if not one.startswith(("macros/", "tests/sop/"))]
    assert len(others) > 30
    found = [one for one in others if reads.search((ROOT / one).read_text(encoding="utf-8"))]
    assert [one for one in found if one != "tests/test_architecture.py"] == []


def test_tests_of_the_sop_hold_no_fact_of_it() -> None:
    sop = load_catalogue(SOURCE_SOP)
    kinds = (sop.marketplaces, sop.roles, sop.systems, sop.issue_types, sop.playbooks, sop.gaps)
    words = {
        word for kind in kinds for id, record in kind.items() for word in (id, getattr(record, "name", id))
    }
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "sop").rglob("*.py")]
    assert len(words) > 50
    assert texts
    assert [word for word in words for text in texts if re.search(rf"\b{re.escape(word)}\b", text)] == []


WRITTEN = ("macros", "docs", "overrides", "tests", "bench", "schema", "sop_data", ".github", ".ci", ".vscode")
TEXTS = {".py", ".md", ".txt", ".toml", ".yml", ".html", ".json", ".css", ".js", ".typ", ".csv", ""}


def test_nothing_names_this_machine_or_a_registry() -> None:
    words = ("pypi" + ".org", "files.python" + "hosted", "registry.npm" + "js", "/ro" + "ot/", "/wo" + "rk/")
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    below = [path for part in WRITTEN for path in (ROOT / part).rglob("*") if path.is_file()]
    paths = [path for path in (*top, *below) if path.suffix in TEXTS and "node_modules" not in path.parts]
    assert len(paths) > 200
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], path
