"""docs/jobs.md: every algorithm the scripts run, its parameters and its output."""

import json
import pathlib

from documents import markdown, options, sources

PATH = "docs/jobs.md"


def parameters_table(parameters: list[dict]) -> str:
    """A table of an algorithm's parameters."""
    rows = [
        [
            ", ".join(map(markdown.code, [item["name"], *item["aliases"]])),
            item["type"],
            options.default(item["default"]),
            markdown.prose(item["doc"]),
        ]
        for item in parameters
    ]
    return markdown.table(["parameter", "type", "default", "meaning"], rows)


def example(algorithm: dict, connectors: list[dict]) -> str:
    """A command line that runs the algorithm over the first connector of its table."""
    table = algorithm["table"]
    wanted = algorithm.get("connector")
    connector = next(
        item
        for item in connectors
        if wanted == item["name"] or (wanted is None and table in ("*", item["table"]))
    )
    defaults = {
        item["name"]: item["default"]
        for item in algorithm["parameters"]
        if item["default"] not in (None, [])
    }
    arguments = f"    {algorithm['arguments']} \\\n" if "arguments" in algorithm else ""
    return (
        "```sh\n"
        f"spark-submit --jars netlytics-spark.jar scripts/{algorithm['script']} \\\n"
        f"    --connector {connector['name']} --input_path hdfs:///logs/{connector['tool']} \\\n"
        f"    --algo {algorithm['name']} --params '{json.dumps(defaults)}' \\\n"
        f"{arguments}"
        "    --output_path report\n"
        "```"
    )


def section(algorithm: dict, connectors: list[dict]) -> str:
    """One algorithm's part of the page."""
    table = algorithm["table"]
    reads = "any Data Table" if table == "*" else f"[{table}](tables.md#{table.lower()})"
    aliases = ", ".join(map(markdown.code, algorithm["aliases"])) or "none"
    parts = [
        f"## {algorithm['name']}",
        markdown.prose(algorithm["description"]),
        f"- Reads: {reads}\n- Writes: {markdown.prose(algorithm['output'])}\n"
        f"- Script: {markdown.code('scripts/' + algorithm['script'])}\n"
        f"- Other names it answers to: {aliases}",
        parameters_table(algorithm["parameters"]),
        example(algorithm, connectors),
    ]
    return "\n\n".join(parts)


def render(root: pathlib.Path) -> str:
    """The page's text."""
    connectors = sources.connectors(root)["connectors"]
    sections = [section(item, connectors) for item in sources.algorithms(root)]
    intro = (
        "Parameters are given as one JSON object to `--params`; those left out keep their default."
    )
    return markdown.page("Jobs", "`algos/registry.json`", intro, *sections)
