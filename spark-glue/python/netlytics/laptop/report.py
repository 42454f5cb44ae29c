"""What a read brought, as lines of text."""

from netlytics import left_out
from netlytics.laptop.text_table import shown

# Characters of a bad line that are shown.
EXCERPT = 80


def columns(logs):
    """The columns and their types."""
    longest = max((len(name) for name, _ in logs.columns), default=0)
    return [f"{name:<{longest}}  {kind}" for name, kind in logs.columns]


def account(logs):
    """Counts, files left out, lines skipped by kind, bad records by reason with examples."""
    totals = logs.totals
    lines = [
        f"{totals['rows']:,} rows of {totals['records']:,} records in {totals['lines']:,} lines, "
        f"{totals['files']:,} files, {totals['bytes'] / 1e6:,.1f} MB "
        f"({totals['text_bytes'] / 1e6:,.1f} MB of text)"
    ]
    if logs.left_out:
        lines.append(shown(left_out.told(logs.left_out)))
    lines += [f"{count:,} lines skipped: {kind}" for kind, count in totals["skipped"].items()]
    if totals["malformed"]:
        lines.append(f"{totals['malformed']:,} bad records")
    for reason in logs.bad_records:
        where = f"{reason['column']}: " if reason["column"] else ""
        lines.append(f"  {reason['count']:,}  {where}expected {shown(reason['expected'])}")
        first = reason["examples"][0]
        text = shown(first["text"])
        text = text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
        lines.append(f"      {shown(first['path'])} at byte {first['offset']}: {text}")
    return lines
