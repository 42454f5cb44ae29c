"""build/jar-meta/THIRD-PARTY.md: the list of licences with the texts that travel with binaries."""

import pathlib

from documents import crates, licences

PATH = "build/jar-meta/THIRD-PARTY.md"

# Names of files that hold a licence or a notice, without case and ending.
LICENCE_NAMES = ("license", "licence", "copying", "notice", "unlicense", "copyright")
# Where crates keep the licences of the C code they bundle.
BUNDLED_FOLDERS = {"zstd-sys": "zstd", "liblzma-sys": "xz"}


def texts(folder: pathlib.Path) -> list[str]:
    """Contents of the licence and notice files directly in a folder, by file name."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name.lower().startswith(LICENCE_NAMES):
            found.append(path.read_text("utf-8", errors="replace").strip())
    return found


def holders(root: pathlib.Path) -> dict[str, list[str]]:
    """Licence text -> the packages it came with. Equal texts are kept once."""
    found: dict[str, list[str]] = {}
    for package in crates.linked(root):
        folder = pathlib.Path(package["manifest_path"]).parent
        here = texts(folder)
        if package["name"] in BUNDLED_FOLDERS:
            here += texts(folder / BUNDLED_FOLDERS[package["name"]])
        for text in dict.fromkeys(here):
            found.setdefault(text, []).append(f"{package['name']} {package['version']}")
    return found


def render(root: pathlib.Path) -> str:
    """The file's text."""
    parts = [licences.render(root).rstrip(), "## Texts"]
    for text, packages in holders(root).items():
        parts.append(f"### {', '.join(packages)}\n\n~~~text\n{text}\n~~~")
    return "\n\n".join(parts) + "\n"
