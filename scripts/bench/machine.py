"""What a figure was measured on."""

import os
import platform
import re
import subprocess


def cpu_model() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        found = re.search(r"^model name\s*: (.*)$", lines.read(), re.MULTILINE)
    return found[1] if found else platform.machine()


def memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def java_version() -> str:
    """The first line `java -version` prints, of the Java that Spark will use."""
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else "java"
    return subprocess.run(
        [java, "-version"], capture_output=True, text=True, check=True
    ).stderr.splitlines()[0]


def facts(python: str) -> list:
    """(name, value) pairs; `python` is the interpreter that ran Spark."""
    version = subprocess.run([python, "--version"], capture_output=True, text=True, check=True)
    return [
        ("CPU", f"{cpu_model()}, {os.cpu_count()} cores"),
        ("Memory", f"{memory_gb():.0f} GB"),
        ("Kernel", f"{platform.system()} {platform.release()}"),
        ("Java", java_version()),
        ("Python", version.stdout.strip()),
        ("Load before", f"{os.getloadavg()[0]:.1f}"),
    ]
