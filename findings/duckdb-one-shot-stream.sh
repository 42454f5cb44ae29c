#!/usr/bin/env bash
# DuckDB (Python) and an object that offers an Arrow stream once.
#
# Guess: an object with __arrow_c_stream__ whose data can be read once only (a network reader, a generator) gives its rows to
#        duckdb.sql("… FROM reader").
# Seen:  without __arrow_c_schema__ DuckDB asks for a first stream to learn the schema and throws it away; the query then reads
#        a second, empty one: 0 rows and no error. With __arrow_c_schema__ beside it, one stream is asked for.
set -uo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" &&
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0 pyarrow==26.0.1 || exit 2

"$folder/venv/bin/python" - <<'PYTHON'
import sys

import duckdb
import pyarrow

SCHEMA = pyarrow.schema([("query", pyarrow.string())])


class OneShot:
    """Gives three rows to whoever asks first, and nothing afterwards."""

    def __init__(self):
        self.streams = 0
        self.rows = [["a.example", "b.example", "c.example"]]

    def __arrow_c_stream__(self, requested_schema=None):
        self.streams += 1
        rows, self.rows = self.rows, []
        batches = [pyarrow.record_batch([pyarrow.array(one, pyarrow.string())], schema=SCHEMA) for one in rows]
        return pyarrow.RecordBatchReader.from_batches(SCHEMA, batches).__arrow_c_stream__(requested_schema)


class WithSchema(OneShot):
    def __arrow_c_schema__(self):
        return SCHEMA.__arrow_c_schema__()


print("duckdb", duckdb.__version__, "pyarrow", pyarrow.__version__)
seen = {}
for kind in (OneShot, WithSchema):
    reader = kind()
    rows = duckdb.execute("SELECT count(*) FROM reader").fetchall()[0][0]
    seen[kind.__name__] = (rows, reader.streams)
    print(f"{kind.__name__}: {rows} rows, {reader.streams} streams asked for")
changed = seen != {"OneShot": (0, 2), "WithSchema": (3, 1)}
print("the behaviour has changed" if changed else "as described")
sys.exit(1 if changed else 0)
PYTHON
