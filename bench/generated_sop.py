"""Generate invented SOPs for tests and benchmarks: large ones, and ones with extreme texts."""

import random
import shutil
from pathlib import Path

ROLES = ("Warehouse desk", "Account desk", "Client desk", "Marketplace desk", "Seller", "Finance", "Courier")
SYSTEMS = ("Ticket desk", "Seller portal", "Order console", "Mail", "Vendor portal", "Return console")
VERBS = ("Raise", "Update", "Report", "Note", "Attach", "Confirm", "Collect", "Compare", "Send", "Close")
THINGS = ("the order IDs", "the excess orders", "the log files", "the invoice", "the packing slips")
HINDI = "गोदाम में अतिरिक्त ऑर्डर की सूचना प्रतिदिन दें और प्रमाण संलग्न करें"


def realistic(folder: Path, marketplaces: int, seed: int = 1) -> Path:
    """Write an SOP with shared and separate playbooks of 2 to 20 steps that use every field of a step."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    data = write_common_files(folder, ROLES, SYSTEMS)
    count = max(4, marketplaces // 3)
    gaps, escalating = "", set()
    for number in range(count):
        steps = [generated_step(chance, at) for at in range(chance.randint(2, chance.choice((5, 7, 20))))]
        if any("{escalation}" in line for step in steps for line in step):
            escalating.add(number)
        gaps += playbook(data, f"playbook-{number}", f"Playbook {number}", ROLES[number % len(ROLES)], steps)
    for number in range(marketplaces):
        first, second = chance.sample(range(count), 2)
        if number < count // 2:  # each playbook is used at least once
            first, second = 2 * number, min(2 * number + 1, count - 1)
        lines = [f"name: Marketplace {number:05}"]
        if escalating & {first, second}:
            lines.append(
                f"parameters:\n  escalation: Raise a ticket in {{{kebab(chance.choice(SYSTEMS))}}} as {number}"
            )
        lines += ["playbooks:", f"  unfulfillable: playbook-{first}", f"  order-related: playbook-{second}"]
        write(data / "marketplaces" / f"marketplace-{number:05}.yml", "\n".join(lines))
    write(data / "gaps.yml", gaps)
    return data


def grow(data: Path, folder: Path, marketplaces: int) -> Path:
    """Copy an SOP and add marketplaces until it has the given number."""
    copy = Path(shutil.copytree(data, folder / "sop_data"))
    models = [path.read_text(encoding="utf-8") for path in sorted((copy / "marketplaces").glob("*.yml"))]
    for number in range(marketplaces - len(models)):
        lines = models[number % len(models)].splitlines()
        lines[0] = f"name: Made-up marketplace {number}"
        text = "\n".join(line for line in lines if not line.startswith("position:"))
        write(copy / "marketplaces" / f"made-up-{number}.yml", text)
    return copy


def generated_step(chance: random.Random, at: int) -> list[str]:
    """Return one step as lines of YAML."""
    actor, told = chance.sample(ROLES, 2)
    text = f"{chance.choice(VERBS)} {chance.choice(THINGS)} number {at} to the {{{kebab(told)}}}"
    lines = [f"id: step-{at}", f"actor: {kebab(actor)}"]
    extras = {
        "if": "the marketplace asks for it",
        "frequency": "daily",
        "evidence": "supporting data",
        "ticket": "Completed",
    }
    wanted = {field for field in extras if chance.random() < 0.2} | ({"ticket"} if at == 1 else set())
    if chance.random() < 0.3:
        text += f" in {{{kebab(chance.choice(SYSTEMS))}}}"
    if chance.random() < 0.1:
        text += " and {escalation}"
    return [*lines, f"action: {text}", *(f"{field}: {extras[field]}" for field in extras if field in wanted)]


def extreme(folder: Path) -> Path:
    """Write an SOP with long names, seven acting roles, twenty steps, actions of 400 letters, and Hindi."""
    roles = [f"{name} of the longest possible department number {at}" for at, name in enumerate(ROLES, 1)]
    named = [f"{name} of the western region of the country" for name in SYSTEMS]
    data, systems = write_common_files(folder, roles, named), [kebab(name) for name in named]
    ids = [kebab(name) for name in roles]
    long = [
        [
            f"id: step-{at}",
            f"actor: {ids[at % 7]}",
            f"action: {pad(f'Tell the {{{ids[(at + 3) % 7]}}} {at} times in {{{systems[at % 6]}}}', at)}",
        ]
        + (["if: " + pad("the courier returns it", 1)] if at % 5 == 1 else [])
        + (["evidence: " + pad("photographs", 2), "ticket: Completed"] if at % 4 == 3 else [])
        for at in range(20)
    ]
    short = [
        ["id: first", f"actor: {ids[0]}", f"action: {HINDI} {{{ids[1]}}}", "evidence: प्रमाण पत्र"],
        ["id: last", "statement: " + pad("The ticket is closed", 1), "ticket: Completed"],
    ]
    gaps = playbook(data, "long", "Long", roles[0], long) + playbook(data, "short", "Short", roles[1], short)
    gaps += "nobody-closes:\n  playbook: short\n  step: last\n  excuses: no-actor\n  says: " + pad(
        "Nobody closes it", 1
    )
    for at, playbooks in enumerate((("long", "short"), ("short", "long"), ("long", "long"))):
        name = f"Marketplace number {at} with quite a long name and its branches in the north and the south"
        lines = [
            f"name: {name}",
            "playbooks:",
            f"  unfulfillable: {playbooks[0]}",
            f"  order-related: {playbooks[1]}",
        ]
        write(data / "marketplaces" / f"marketplace-{at}.yml", "\n".join(lines))
    write(data / "gaps.yml", gaps)
    return data


def overlong(folder: Path) -> Path:
    """Write an SOP in which every name and text is a word of 40 to 180 letters."""
    data = folder / "sop_data"
    for part in ("playbooks", "marketplaces"):
        (data / part).mkdir(parents=True)
    control = "\n".join(
        f"{field}: {word(field)}" for field in ("id", "version", "author", "owner", "approver")
    )
    write(data / "sop.yml", f"title: {word('title')}\nsource:\n  name: {word('source')}\n{control}")
    for kind, count, more in (("issue-types", 3, ""), ("roles", 7, "contact"), ("systems", 2, "url")):
        records = []
        for at in range(count):
            lines = [f"{kind}-{at}:", f"  name: {word(f'{kind}{at}', (180, 40, 72)[at % 3])}"]
            if more and at % 2:
                lines.append(f"  {more}: https://example.com/{word(f'{more}{at}')}")
            records += lines
        write(data / f"{kind}.yml", "\n".join(records))
    for at in range(2):
        steps = "\n".join(overlong_step(at, number) for number in range(7))
        write(
            data / "playbooks" / f"playbook-{at}.yml",
            f"name: {word(f'playbook{at}')}\nowner: roles-{at}\nsteps:\n{steps}",
        )
        lines = [
            f"name: {word(f'marketplace{at}', 180 - 140 * at)}",
            f"parameters:\n  escalation: Send {LONG_FILE} to {{roles-1}}",
        ]
        lines += ["playbooks:", f"  issue-types-0: playbook-{at}"]
        lines += [f"  issue-types-{of}: playbook-{1 - at}" for of in (1, 2)]
        write(data / "marketplaces" / f"marketplace-{at}.yml", "\n".join(lines))
    gaps = [
        f"otherwise-{at}:\n  playbook: playbook-{at}\n  step: step-1\n  excuses: condition-without-otherwise\n"
        f"  says: {word(f'otherwise{at}')}"
        for at in range(2)
    ]
    gaps += [
        f"about-{kind}:\n  {kind}: {kind}{'' if kind == 'marketplace' else 's'}-0\n  says: {word(f'about{kind}')}"
        for kind in ("marketplace", "role", "system")
    ]
    write(data / "gaps.yml", "\n".join(gaps))
    return data


LONG_FILE = "weekly_report_of_all_excess_orders_of_the_western_region_2026_final_.xlsx"


def overlong_step(playbook: int, number: int) -> str:
    """Return a step as YAML; all roles act, one after the other."""
    name = f"p{playbook}s{number}"
    text = (
        "{escalation}"
        if number == 2
        else f"{word(f'{name}action')} {{roles-{6 - number}}} in {{systems-{number % 2}}}"
    )
    lines = [f"id: step-{number}", f"actor: roles-{number}", f'action: "{text}"']
    if number == 1:
        lines.append(f"if: {word(f'{name}if')}")
    lines += [f"{field}: {word(f'{name}{field}')}" for field in ("frequency", "evidence", "ticket")]
    return "  - " + "\n    ".join(lines)


def word(start: str, size: int = 72) -> str:
    """Return a word of this size that begins like this, in wide letters."""
    return (start + "W" * size)[:size]


def pad(start: str, at: int) -> str:
    """Extend a text to 400 letters (40 if ``at`` is even), with a word too long for most columns."""
    size = max(len(start), 400 if at % 2 else 40)
    return (start + f" without delay{' and with care' * 40} Donaudampfschifffahrtsgesellschaft")[
        :size
    ].rstrip()


def write_common_files(
    folder: Path, roles: tuple[str, ...] | list[str], systems: tuple[str, ...] | list[str]
) -> Path:
    """Write the files that every SOP has, without playbooks and marketplaces."""
    data = folder / "sop_data"
    for part in ("playbooks", "marketplaces"):
        (data / part).mkdir(parents=True)
    write(
        data / "sop.yml",
        'title: Made-up SOP\nsource:\n  name: Nobody\n  modified: 2023-02-15 16:07\nversion: "7"',
    )
    write(
        data / "issue-types.yml",
        "unfulfillable:\n  name: Unfulfillable\norder-related:\n  name: Order-related issue",
    )
    write(data / "roles.yml", "\n".join(f"{kebab(name)}:\n  name: {name}" for name in roles))
    write(data / "systems.yml", "\n".join(f"{kebab(name)}:\n  name: {name}" for name in systems))
    return data


def playbook(data: Path, id: str, name: str, owner: str, steps: list[list[str]]) -> str:
    """Write a playbook; return the gaps that its conditions need, as YAML."""
    listed = "\n".join("  - " + "\n    ".join(step) for step in steps)
    write(data / "playbooks" / f"{id}.yml", f"name: {name}\nowner: {kebab(owner)}\nsteps:\n{listed}")
    return "".join(
        f"{id}-{at}:\n  playbook: {id}\n  step: {step[0][4:]}\n  excuses: condition-without-otherwise\n"
        "  says: The source does not say what happens otherwise.\n"
        for at, step in enumerate(steps)
        if any(line.startswith("if:") for line in step)
    )


def kebab(name: str) -> str:
    """Return the id for a name."""
    return name.lower().replace(" ", "-")


def write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
