"""build/jar-meta/THIRD-PARTY.md: the list of licences with the texts that travel with binaries."""

import pathlib

from documents import crates, licences

PATH = "build/jar-meta/THIRD-PARTY.md"

# Names of files that hold a licence or a notice, without case and ending.
LICENCE_NAMES = ("license", "licence", "copying", "notice", "unlicense", "copyright")
# The licences under which we take the C code that crates bundle. Beside them lie GPL texts: zstd is
# offered under either, and xz's cover its programs, which are not compiled in.
BUNDLED_LICENCES = {"zstd-sys": "zstd/LICENSE", "liblzma-sys": "xz/COPYING.0BSD"}


def texts(folder: pathlib.Path) -> list[str]:
    """Contents of the licence and notice files directly in a folder, by file name.

    The Apache License itself is left out: it lies beside the list, as LICENSE.
    """
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name.lower().startswith(LICENCE_NAMES):
            found.append(path.read_text("utf-8", errors="replace").strip())
    return [text for text in found if not text.startswith("Apache License")]


def holders(root: pathlib.Path) -> dict[str, list[str]]:
    """Licence text -> the packages it came with. Equal texts are kept once."""
    found: dict[str, list[str]] = {}
    for package, _ in crates.linked(root):
        folder = pathlib.Path(package["manifest_path"]).parent
        here = texts(folder)
        if package["name"] in BUNDLED_LICENCES:
            here.append((folder / BUNDLED_LICENCES[package["name"]]).read_text("utf-8").strip())
        for text in dict.fromkeys(here):
            found.setdefault(text, []).append(f"{package['name']} {package['version']}")
    return found


def render(root: pathlib.Path) -> str:
    """The file's text."""
    parts = [
        licences.render(root).rstrip(),
        "## Texts",
        "The Apache License 2.0 is the file LICENSE beside this one.",
    ]
    for text, packages in holders(root).items():
        parts.append(f"### {', '.join(packages)}\n\n~~~text\n{text}\n~~~")
    return "\n\n".join(parts) + "\n"
