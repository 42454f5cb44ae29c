"""docs/connectors.md: every connector, the files it reads and how to call it."""

import pathlib

from documents import markdown, options, sources

PATH = "docs/connectors.md"

SPARK = """```sql
CREATE TEMPORARY VIEW netlytics USING netlytics OPTIONS (
  connector '{name}', path 'hdfs:///logs/{tool}', startDay '2017_03_01', endDay '2017_03_31'
);
```

```python
df = netlytics.read(spark, "{name}", "hdfs:///logs/{tool}", "2017_03_01", "2017_03_31")
```"""

LAPTOP = """Without Spark:

```python
table = pyarrow.table(netlytics.open("{name}", "logs/{tool}"))
```"""


BESIDE = """## Beside other readers

`spark.read.csv` reads a Zeek log's rows by the header it saw first: where a file goes on with a
second header of other columns (logs put together with `cat`, a changed policy), the rows below it
land in the wrong columns, without an error. zat's `ZeekLogReader` gives 0 for an unset `rcode`,
which is NOERROR; ours is null, as in every column that Zeek left unset.

`answers` may be empty: ask for `get(answers, 0)` (Spark 3.4 and newer), which is null past the end
in every Spark, where `answers[0]` fails in Spark 4 (ANSI mode) and is null in Spark 3."""

PARTS = "It is put together from parts, which can be read by themselves:\n\n"


def part_rows(connector: dict) -> list[list[str]]:
    return [
        [markdown.code(f"{connector['name']}/{part['name']}"), markdown.prose(part["doc"])]
        for part in connector["parts"]
    ]


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
    if "parts" in connector:
        parts.append(PARTS + markdown.table(["connector", "rows"], part_rows(connector)))
    parts += [SPARK.format(**connector), LAPTOP.format(**connector)]
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
    source = "`connectors/registry.json`"
    return markdown.page("Connectors", source, intro, overview, BESIDE, *sections)
