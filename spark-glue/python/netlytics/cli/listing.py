"""What --help says about connectors, algorithms and options; taken from the registry."""

from netlytics import registry


def connectors():
    """All connectors with their table and the reference's class names."""
    lines = ["connectors (own classes by dotted name: package.module.Class):"]
    for entry in registry.connectors():
        lines += [f"  {entry['name']:<22}{entry['description']}"]
        lines += [f"{'':<24}table {entry['table']}; {entry['files']}"]
        lines += [f"{'':<24}also: {alias}" for alias in entry["aliases"]]
    return "\n".join(lines)


def algorithms(script):
    """The algorithms of one script with their parameters."""
    lines = ["algorithms (own classes by dotted name: package.module.Class):"]
    for entry in registry.algorithms():
        if entry["script"] != script:
            continue
        lines += [f"  {entry['name']:<22}{entry['description']}"]
        lines += [f"{'':<24}table {entry['table']}; output {entry['output']}"]
        for parameter in entry["parameters"]:
            names = " or ".join([parameter["name"], *parameter["aliases"]])
            lines += [f"{'':<24}{names} ({parameter['default']}): {parameter['doc']}"]
        lines += [f"{'':<24}also: {alias}" for alias in entry["aliases"]]
    return "\n".join(lines)


def reader_options():
    """The options that --option takes."""
    lines = ["reader options (--option name=value):"]
    seen = set()
    for entry in registry.connectors():
        for option in registry.reader_options(entry):
            key = (option["name"], option["doc"])
            if key not in seen and option["name"] not in GIVEN_OTHERWISE:
                seen.add(key)
                lines += [f"  {option['name']:<27}{option['doc']}"]
    return "\n".join(lines)


# Reader options that are arguments of the scripts.
GIVEN_OTHERWISE = {
    "connector": "--connector",
    "path": "--input_path",
    "startDay": "--start_day",
    "endDay": "--end_day",
    "mode": "--mode",
}
