"""docs/options.md: what can be set for reading, and in the Spark session."""

import pathlib

from documents import markdown, sources

PATH = "docs/options.md"


def default(value: object) -> str:
    """A default as it would be written in an option; the word none when there is none."""
    if value is None:
        return "none"
    return markdown.code(str(value).lower() if isinstance(value, bool) else value)


def options_table(options: list[dict]) -> str:
    """A table of options (or session keys) with type, default and meaning."""
    rows = [
        [
            markdown.code(item["name"]),
            item["type"],
            default(item["default"]),
            markdown.prose(item["doc"]),
        ]
        for item in options
    ]
    return markdown.table(["name", "type", "default", "meaning"], rows)


def render(root: pathlib.Path) -> str:
    """The page's text."""
    registry = sources.connectors(root)
    parts = [
        "An option is given to the reader (`.option(name, value)`, `OPTIONS (name 'value')` in "
        "SQL, `--option name=value` to the scripts); upper and lower case do not matter. An "
        "unknown option is refused and the nearest known one named.",
        "## For every connector\n\n" + options_table(registry["options"]),
    ]
    for tool, options in registry["tool_options"].items():
        names = [
            markdown.code(item["name"])
            for item in registry["connectors"]
            if tool in item["options"]
        ]
        parts.append(
            f"## For {tool} logs\n\nConnectors: {', '.join(names)}.\n\n{options_table(options)}"
        )
    if "session" in registry:
        parts.append(
            "## Spark session\n\nGiven as `--conf name=value` to spark-submit, or set in "
            "`spark-defaults.conf`.\n\n" + options_table(registry["session"])
        )
    return markdown.page("Options", "`connectors/registry.json`", *parts)
