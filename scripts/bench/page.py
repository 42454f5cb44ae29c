"""docs/benchmarks.md: a head, and a section for each thing that is measured."""

import re

HEAD = """# Benchmarks

Made by `scripts/bench/run --write`; do not edit. Each section says when and how it was measured.

"""


def sections(text: str) -> dict:
    """Title -> section of a page, in order."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}


def merged(old: str, measured: list) -> str:
    """The page with these sections in place of those of the same titles, or at its end."""
    whole = sections(old)
    for section in measured:
        whole.update(sections(section))
    return HEAD + "\n".join(whole.values())
