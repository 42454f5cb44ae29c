#!/usr/bin/env bash
# zat (Python) and fields that Zeek left unset, written "-" in its logs.
#
# Guess: an unset number, such as the rcode of a DNS query that nobody answered, is None or missing in the row.
# Seen:  ZeekLogReader.readrows() gives 0, and 0 is the rcode NOERROR: queries without an answer count as successful ones.
#        The text beside it, rcode_name, is "-". (log_to_dataframe gives a missing value for both.)
set -uo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" &&
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check zat==0.4.9 || exit 2

"$folder/venv/bin/python" - "$folder/dns.log" <<'PYTHON'
import importlib.metadata
import sys

from zat.zeek_log_reader import ZeekLogReader

LOG = """\
#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tdns
#open\t2026-11-21-00-00-00
#fields\tts\tuid\tquery\trcode\trcode_name
#types\ttime\tstring\tstring\tcount\tstring
1700000000.000000\tCa1\tanswered.example\t0\tNOERROR
1700000001.000000\tCa2\tunanswered.example\t-\t-
#close\t2026-11-21-01-00-00
"""
path = sys.argv[1]
with open(path, "w", encoding="utf-8") as file:
    file.write(LOG)

print("zat", importlib.metadata.version("zat"))
rcodes = {row["query"]: (row["rcode"], row["rcode_name"]) for row in ZeekLogReader(path).readrows()}
for query, (rcode, name) in rcodes.items():
    print(f"{query}: rcode {rcode!r}, rcode_name {name!r}")
changed = rcodes != {"answered.example": (0, "NOERROR"), "unanswered.example": (0, "-")}
print("the behaviour has changed" if changed else "as described")
sys.exit(1 if changed else 0)
PYTHON
