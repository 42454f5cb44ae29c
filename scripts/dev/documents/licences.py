"""docs/third-party-licences.md: whose code is in what we ship, and under which licence."""

import pathlib

from documents import crates, markdown

PATH = "docs/third-party-licences.md"

# C code that two crates compile in, and what the compilers add. Not known to cargo.
BUNDLED = [
    ["zstd", "in zstd-sys", "BSD-3-Clause", "https://github.com/facebook/zstd"],
    ["liblzma (XZ Utils)", "in liblzma-sys", "0BSD", "https://tukaani.org/xz/"],
    [
        "Rust's standard library",
        "of the compiler",
        "MIT OR Apache-2.0",
        "https://github.com/rust-lang/rust",
    ],
    [
        "LLVM libunwind",
        "of ziglang",
        "Apache-2.0 WITH LLVM-exception",
        "https://github.com/llvm/llvm-project",
    ],
]


# Licences that let us ship binaries under ours. A crate under another one must not be linked.
ACCEPTED = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
}


def licence(package: dict) -> str:
    """A crate's licence as an SPDX expression. Raises ValueError when we cannot ship under it."""
    # The old way to write a choice: MIT/Apache-2.0.
    text = (package["license"] or "none").replace(" / ", "/").replace("/", " OR ")
    for part in text.split(" AND "):
        if not ACCEPTED.intersection(part.strip("()").split(" OR ")):
            raise ValueError(
                f"{package['name']} {package['version']} is under the licence {text}: "
                "use another crate, or add the licence to ACCEPTED when it permits what we do"
            )
    return text


def crate_row(package: dict, libraries: list[str]) -> list[str]:
    """One crate's line in the list."""
    source = package["repository"] or "-"
    into = ", ".join(f"`{library}`" for library in libraries)
    return [package["name"], package["version"], licence(package), source, into]


def render(root: pathlib.Path) -> str:
    """The page's text."""
    header = ["name", "version", "licence", "source"]
    rows = [crate_row(package, libraries) for package, libraries in crates.linked(root)]
    return markdown.page(
        "Third-party licences",
        "`Cargo.lock`",
        "NetLytics itself is under the Apache License 2.0 (`LICENSE`). This is the code of others "
        "in what we ship. The jar's `META-INF/THIRD-PARTY.md` and the wheel's "
        "`netlytics/THIRD-PARTY.md` hold this list and the texts of the licences.",
        "## Crates linked into the native libraries\n\n"
        "`libnetlytics_jni.so` is in the jar, `_native.abi3.so` in the wheel.\n\n"
        + markdown.table([*header, "linked into"], rows),
        "## C code and run-time libraries linked into both\n\n" + markdown.table(header, BUNDLED),
        "## Jars\n\nNone: our jars hold our own classes only. Spark, Hadoop and Scala are used as "
        "the cluster provides them.",
        "## Python\n\nNone: the wheel holds our own modules, the jar and `_native.abi3.so`. "
        "PySpark is used as the cluster provides it; pyarrow, pandas, polars and DuckDB as they "
        "are found.",
    )
