"""The map in `macros/__init__.py` is complete, and imports only flow down it."""

import ast
from pathlib import Path

import pytest

import macros

FOLDER = Path(macros.__file__).parent
MAP = [line.split()[0] for line in (macros.__doc__ or "").splitlines() if line[:1].islower() and "  " in line]
ROOMS = sorted(path.name for path in FOLDER.iterdir() if (path / "__init__.py").is_file())
MODULES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.py"))


def imported(module: str) -> set[str]:
    """The full names of what a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((FOLDER / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def ours(module: str) -> set[str]:
    """The modules of the project that a module imports."""
    paths = {name.removeprefix("macros.").replace(".", "/") + ".py" for name in imported(module)}
    return paths & set(MODULES)


def test_the_map_is_complete() -> None:
    assert sorted(MAP) == ROOMS
    assert len(MODULES) > len(ROOMS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_flow_down_the_map(module: str) -> None:
    room = module.split("/")[0]
    assert {name.split("/")[0] for name in ours(module)} <= set(MAP[: MAP.index(room) + 1])


def test_no_modules_import_each_other_in_a_circle() -> None:
    left = {module: ours(module) for module in MODULES}
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    assert not left


@pytest.mark.parametrize("module", MODULES)
def test_only_one_module_imports_mkdocs(module: str) -> None:
    assert module == "host/plugin.py" or not any(name.split(".")[0] == "mkdocs" for name in imported(module))


@pytest.mark.parametrize("module", MODULES)
def test_modules_and_functions_stay_small(module: str) -> None:
    text = (FOLDER / module).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 45, node.name


def test_nothing_names_this_machine_or_a_registry() -> None:
    words = ("pypi" + ".org", "files.python" + "hosted", "registry.npm" + "js", "/ro" + "ot/", "/wo" + "rk/")
    root = FOLDER.parent
    for path in [
        *root.glob("*.*"),
        *root.glob("macros/**/*.*"),
        *root.glob("docs/**/*.md"),
        root / "Makefile",
    ]:
        if path.suffix in {".py", ".md", ".txt", ".toml", ".yml", ".html", ".json", ""} and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not [word for word in words if word in text], path
