"""pyarrow: open_csv, split_pattern to lists, ParquetWriter with zstd, batch by batch."""

import sys

import pyarrow
import pyarrow.compute as compute
import pyarrow.csv
import pyarrow.parquet
from columns import AS_THEY_ARE, BITS, COLUMNS, HEADER_LINES

TYPES = {"double": pyarrow.float64(), "long": pyarrow.int64(), "text": pyarrow.string()}


def numbers(lists):
    """Lists of texts as lists of whole numbers."""
    values = compute.floor(lists.values.cast(pyarrow.float64())).cast(pyarrow.int64())
    return pyarrow.ListArray.from_arrays(lists.offsets, values, mask=lists.is_null())


def table(batch):
    """A batch of the log as one of the table."""
    bit = {
        name: compute.multiply(compute.equal(batch[name], "T").cast(pyarrow.int64()), value)
        for name, value in BITS.items()
    }
    flags = compute.add(compute.add(bit["AA"], bit["TC"]), compute.add(bit["RD"], bit["RA"]))
    columns = {name: batch[name] for name in AS_THEY_ARE}
    columns["req_time"] = batch["ts"]
    columns["resp_time"] = compute.add(batch["ts"], batch["rtt"])
    columns["flags_req"] = bit["RD"]
    columns["flags_resp"] = flags
    columns["answers"] = compute.split_pattern(batch["answers"], ",")
    columns["answer_ttls"] = numbers(compute.split_pattern(batch["TTLs"], ","))
    return pyarrow.table(columns)


def main(log, output):
    rows = pyarrow.csv.open_csv(
        log,
        pyarrow.csv.ReadOptions(
            column_names=list(COLUMNS), skip_rows=HEADER_LINES, block_size=8 << 20
        ),
        pyarrow.csv.ParseOptions(delimiter="\t", quote_char=False),
        pyarrow.csv.ConvertOptions(
            column_types={name: TYPES[kind] for name, kind in COLUMNS.items()},
            null_values=["-"],
            strings_can_be_null=True,
        ),
    )
    writer = None
    for batch in rows:
        part = table(batch)
        if writer is None:
            writer = pyarrow.parquet.ParquetWriter(output, part.schema, compression="zstd")
        writer.write_table(part)
    writer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
