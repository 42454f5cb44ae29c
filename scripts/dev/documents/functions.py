"""docs/functions.md: every SQL function, what it takes and gives, with examples."""

import json
import pathlib

from documents import markdown, sources

PATH = "docs/functions.md"

INTRO = """The same functions in every place; a null argument gives null.

**Spark SQL**, through a catalog of functions. Set it when the session starts, or with `SET`:

```sql
-- spark.sql.catalog.netlytics=io.netlytics.spark.NetlyticsCatalog
SELECT netlytics.registered_domain(query) AS domain, count(*) FROM dns GROUP BY 1;
```

The catalog holds functions only. While it is set, `netlytics.something` means this catalog, so
tables of a database that is itself called `netlytics` are reached as
`spark_catalog.netlytics.something`.

**By name**, in a session that cannot have the catalog: `netlytics.register(spark)` in Python,
`io.netlytics.spark.NetlyticsFunctions.register(spark)` in Scala and Java; then

```sql
SELECT netlytics_registered_domain(query) AS domain, count(*) FROM dns GROUP BY 1;
```

Spark hands such functions Java strings, which costs a decoding and an encoding a row more than the
catalog's.

**On a laptop**, over Arrow arrays (pyarrow 14 or newer, polars, pandas), without Spark:

```python
pyarrow.array(netlytics.functions.registered_domain(pyarrow.array(["www.example.co.uk."])))
```"""


def value(json_value: object) -> str:
    """A value as SQL shows it."""
    if json_value is None:
        return "null"
    return markdown.code(json.dumps(json_value, ensure_ascii=False))


def section(function: dict) -> str:
    """One function's part of the page."""
    arguments = function["arguments"]
    names = ", ".join(argument["name"] for argument in arguments)
    rows = [
        [markdown.code(item["name"]), item["type"], markdown.prose(item["doc"])]
        for item in arguments
    ]
    examples = [
        [*map(value, example["arguments"]), value(example["result"])]
        for example in function["examples"]
    ]
    return "\n\n".join(
        [
            f"## {function['name']}({names})",
            markdown.prose(function["description"]),
            f"Returns: {function['returns']}.",
            markdown.table(["argument", "type", "meaning"], rows),
            markdown.table([*(item["name"] for item in arguments), "result"], examples),
        ]
    )


def render(root: pathlib.Path) -> str:
    """The page's text."""
    sections = [section(function) for function in sources.functions(root)]
    return markdown.page("Functions", "`algos/registry.json`", INTRO, *sections)
