"""polars: scan_csv, str.split to lists, sink to zstd Parquet, streaming."""

import sys

import polars
from columns import AS_THEY_ARE, BITS, COLUMNS, HEADER_LINES
from polars import col

TYPES = {"double": polars.Float64, "long": polars.Int64, "text": polars.String}


def main(log, output):
    rows = polars.scan_csv(
        log,
        separator="\t",
        has_header=False,
        skip_rows=HEADER_LINES,
        quote_char=None,
        null_values="-",
        schema={name: TYPES[kind] for name, kind in COLUMNS.items()},
    )
    bit = {name: (col(name) == "T").cast(polars.Int64) * value for name, value in BITS.items()}
    ttls = polars.element().cast(polars.Float64).floor().cast(polars.Int64)
    rows.select(
        *AS_THEY_ARE,
        req_time=col("ts"),
        resp_time=col("ts") + col("rtt"),
        flags_req=bit["RD"],
        flags_resp=bit["AA"] + bit["TC"] + bit["RD"] + bit["RA"],
        answers=col("answers").str.split(","),
        answer_ttls=col("TTLs").str.split(",").list.eval(ttls),
    ).sink_parquet(output, compression="zstd")


if __name__ == "__main__":
    main(*sys.argv[1:])
