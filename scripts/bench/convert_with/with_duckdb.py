"""DuckDB: read_csv, string_split to lists, COPY to zstd Parquet."""

import sys

import duckdb
from columns import AS_THEY_ARE, BITS, COLUMNS, HEADER_LINES

TYPES = {"double": "DOUBLE", "long": "BIGINT", "text": "VARCHAR"}


def main(log, output):
    columns = ", ".join(f"'{name}': '{TYPES[kind]}'" for name, kind in COLUMNS.items())
    bit = {name: f"({name} = 'T')::BIGINT * {value}" for name, value in BITS.items()}
    duckdb.sql(f"""
        COPY (
            SELECT {", ".join(AS_THEY_ARE)},
                ts AS req_time, ts + rtt AS resp_time,
                {bit["RD"]} AS flags_req,
                {bit["AA"]} + {bit["TC"]} + {bit["RD"]} + {bit["RA"]} AS flags_resp,
                string_split(answers, ',') AS answers,
                list_transform(
                    string_split(TTLs, ','), lambda ttl: floor(ttl::DOUBLE)::BIGINT
                ) AS answer_ttls
            FROM read_csv('{log}', delim = '\\t', header = false, skip = {HEADER_LINES},
                quote = '', escape = '', nullstr = '-', auto_detect = false,
                columns = {{{columns}}})
        ) TO '{output}' (FORMAT parquet, COMPRESSION zstd)
    """)


if __name__ == "__main__":
    main(*sys.argv[1:])
