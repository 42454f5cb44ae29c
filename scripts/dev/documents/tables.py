"""docs/tables.md: the columns of every Data Table."""

import pathlib

from documents import markdown, sources

PATH = "docs/tables.md"


def sql_type(spark_type: object) -> str:
    """A Spark type of a schema file as people write it in SQL."""
    if isinstance(spark_type, str):
        return {"long": "bigint"}.get(spark_type, spark_type)
    if spark_type["type"] == "array":
        return f"array<{sql_type(spark_type['elementType'])}>"
    raise ValueError(f"{PATH}: no SQL name is known for the type {spark_type}")


def row(field: dict) -> list[str]:
    """One column of a table; a dash stands where nothing is to be said."""
    metadata = field["metadata"]
    comment = metadata["comment"]
    if "since" in metadata:
        comment += f" (since {metadata['since']})"
    return [
        markdown.code(field["name"]),
        sql_type(field["type"]),
        "yes" if field["nullable"] else "never",
        metadata.get("unit", "-"),
        markdown.prose(comment),
        metadata.get("source", "-"),
    ]


def section(name: str, schema: dict) -> str:
    header = ["column", "type", "null", "unit", "meaning", "source"]
    rows = [row(field) for field in schema["fields"]]
    return f"## {name}\n\n{markdown.prose(schema['description'])}\n\n{markdown.table(header, rows)}"


def render(root: pathlib.Path) -> str:
    """The page's text."""
    parts = [section(name, schema) for name, schema in sources.schemas(root).items()]
    intro = (
        "A connector turns the logs of one tool into one of these tables, whatever the tool's "
        "version or the shape of its files. Column names and types are the same everywhere: in "
        "Rust, in Spark SQL, in Python. A value the log does not hold is null."
    )
    return markdown.page("Data Tables", "`schema/*.json`", intro, *parts)
