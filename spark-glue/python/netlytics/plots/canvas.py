"""What every picture is drawn on, and the file it becomes."""

import io

from netlytics.errors import UsageError
from netlytics.output import write_content

ENDINGS = (".png", ".html")
DOTS_PER_INCH = 110
VALUE, TREND, OUTLIER, NOISE = "#3b6ea5", "#e08214", "#c8102e", "#b0b0b0"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<style>body {{ margin: 1em }} svg {{ max-width: 100%; height: auto }}</style></head>
<body>
{svg}
</body>
</html>
"""


def check(target):
    """Raises UsageError for a file of another kind than .png or .html, or without matplotlib."""
    if not target.lower().endswith(ENDINGS):
        raise UsageError(f"--plot {target}: expected a file that ends with {' or '.join(ENDINGS)}")
    try:
        import matplotlib  # noqa: F401 - whether it is there
    except ImportError as error:
        raise UsageError(
            f"--plot needs matplotlib where the driver runs ({error}): pip install matplotlib"
        ) from error


def figure(width, height, title):
    """An empty figure, in inches, with its title at the top left."""
    from matplotlib.figure import Figure

    room = {"w_pad": 0.1, "h_pad": 0.06}
    made = Figure(figsize=(width, height), dpi=DOTS_PER_INCH, constrained_layout=room)
    made.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    return made


def grid(made, count):
    """The axes of ``count`` panels: one, or rows of two."""
    columns = 1 if count == 1 else 2
    rows = -(-count // columns)
    every = made.subplots(rows, columns, squeeze=False).ravel()
    for unused in every[count:]:
        unused.remove()
    for axes in every[:count]:
        axes.grid(True, color="#e6e6e6", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.spines["top"].set_visible(False)
        axes.spines["right"].set_visible(False)
    return every[:count]


def legend(made, axes):
    """One legend for all panels, at the top right beside the title."""
    handles, labels = axes.get_legend_handles_labels()
    made.legend(handles, labels, loc="upper right", ncol=len(labels), frameon=False, fontsize=9)


def save(spark, made, target, title):
    """Writes the figure: a picture, or a page that holds it and needs nothing else."""
    content = io.BytesIO()
    if target.lower().endswith(".png"):
        made.savefig(content, format="png")
        write_content(spark, content.getvalue(), target)
        return
    made.savefig(content, format="svg", metadata={"Date": None})
    text = content.getvalue().decode("utf-8")
    page = PAGE.format(title=escaped(title), svg=text[text.index("<svg") :])
    write_content(spark, page.encode("utf-8"), target)


def escaped(text):
    """Text as HTML holds it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
