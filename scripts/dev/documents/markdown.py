"""Pieces of Markdown that the pages share."""

GENERATED = "<!-- Made by `make docs` from {source}: change that, not this page. -->"


def page(title: str, source: str, *parts: str) -> str:
    """A whole page: title, the mark that says what it is made from, then the parts."""
    return "\n\n".join([f"# {title}", GENERATED.format(source=source), *parts]) + "\n"


def cell(value: object) -> str:
    """Text that stays inside one cell of a table: bars and line ends are escaped."""
    return str(value).replace("|", "\\|").replace("\n", " ")


def prose(text: str) -> str:
    """Text of a registry or schema as it is: stars and angle brackets mean themselves."""
    return text.replace("*", "\\*").replace("<", "&lt;")


def code(value: object) -> str:
    """`value` in code type; a longer fence is used when it holds a back-quote."""
    text = str(value)
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def table(header: list[str], rows: list[list[str]]) -> str:
    """A table; every row has as many cells as the header."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)
