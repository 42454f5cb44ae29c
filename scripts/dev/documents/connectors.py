"""docs/connectors.md: every connector, the files it reads and how to call it."""

import pathlib

from documents import markdown, options, sources

PATH = "docs/connectors.md"

EXAMPLE = """```python
df = (
    spark.read.format("netlytics")
    .option("connector", "{name}")
    .option("startDay", "2017_03_01")
    .option("endDay", "2017_03_31")
    .load("hdfs:///logs/{tool}")
)
```"""


def section(connector: dict, registry: dict) -> str:
    """One connector's part of the page."""
    table = connector["table"]
    aliases = ", ".join(map(markdown.code, connector["aliases"])) or "none"
    parts = [
        f"## {connector['name']}",
        markdown.prose(connector["description"]),
        f"- Data Table: [{table}](tables.md#{table.lower()})\n"
        f"- Files: {markdown.prose(connector['files'])}\n"
        f"- Other names it answers to: {aliases}",
    ]
    for tool in connector["options"]:
        parts.append(options.options_table(registry["tool_options"][tool]))
    parts.append(EXAMPLE.format(**connector))
    return "\n\n".join(parts)


def render(root: pathlib.Path) -> str:
    """The page's text."""
    registry = sources.connectors(root)
    overview = markdown.table(
        ["connector", "tool", "Data Table", "reads"],
        [
            [
                f"[{item['name']}](#{item['name'].lower()})",
                item["tool"],
                item["table"],
                markdown.prose(item["description"]),
            ]
            for item in registry["connectors"]
        ],
    )
    intro = "Options that every connector takes stand in [options.md](options.md)."
    sections = [section(item, registry) for item in registry["connectors"]]
    return markdown.page("Connectors", "`connectors/registry.json`", intro, overview, *sections)
