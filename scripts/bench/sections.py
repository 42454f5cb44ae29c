"""What docs/benchmarks.md says of each thing that is measured, before the numbers."""

JOBS = """## Whole jobs

Input: a real Zeek dns.log of {rows_of_a_file:,} rows, once for each of {files} hours (times
moved, rows the same otherwise): {files} `.log.gz` files, {gb:.2f} GB of text. Spark {spark},
local[2], 2 GB heap.

Each measurement is a JVM of its own that runs the job on one file first and is timed on all of
them, from the call that reads to the end of the result. The readers take turns.

- The RDD connector is `scripts/bench/rdd_connector.py`: lines, split, `Row`, `createDataFrame`.
{scaled}- `spark.read.csv` gets the file's 24 columns as schema and selects those the table is
  made of; it splits no lists and undoes no escapes.
- Decompression only is `connectors/examples/inflate.rs`: the decoder that our reader uses, over the
  same files on two threads, the best of all.

"""


FLOWS = """## Flows and their names

`zeek_to_NamedFlows` over real http.log, ssl.log and dns.log with a conn.log of {flows:,} flows
written for them, {gb:.2f} GB of text in `.log.gz`: every column made, the named ones counted.
Beside it `scripts/bench/rdd_flows.py`: keyed RDDs, `leftOuterJoin`, `cogroup`. Both name the same
number.

"""


CONVERT = """## A log to Parquet, without Spark

`python -m netlytics convert` of a Zeek dns.log, plain and in gzip, beside other programs in Python
(`scripts/bench/convert_with`) that write the same 15 columns (all but `answer_types`) to zstd
Parquet, lists as lists. The others undo no escapes. Processes of their own, in turns; medians.

"""


PARSERS = """## Parsers alone

One core, from bytes in memory to Arrow batches (`cargo bench -p netlytics-connectors`).

"""


KERNELS = """## Algorithms alone

One core (`cargo bench -p netlytics-clustering`, `-p netlytics-anomaly`). A step is one pass over
rows that lie in memory: distances, exact sums of the nearest rows, checks. scikit-learn's steps are
those of `scripts/bench/reference_steps.py`, on rows made in the same way; beside a step of
bisecting KMeans stands one of its KMeans with two centres. DBSCAN's neighbourhoods stay as large
when points become more.

"""


FITS = """## Clustering and features in Spark

Rows of 16 numbers in a cached vector column (clustering), or of two numbers and three texts of 7,
40 and 300 different values (transform, from the call to the last vector written to nowhere). Spark
local[2], 8 GB heap; each measurement is a JVM of its own that first works on a hundredth of the
rows. Both engines take turns, with the same number of iterations and no early end.

"""


SERIES = """## Many time series

Seasonal-Hybrid-ESD over series of 1,440 points, a minute apart, all of them with a season, noise
and spikes. Spark local[2], the rows cached before, the outliers counted. The method of the Python
NetLytics (`scripts/bench/reference_esd.py`: the package `seasonal`, masked medians) is timed on
five of the series, in CPU seconds, and two cores are supposed to share all of them.

"""


DENSITY = """## DBSCAN

Half of the points about 50 places, half of them anywhere. netlytics: Spark local[2], the points
cached before, from the call to the last labelled row (wall seconds). scikit-learn: the call alone,
CPU seconds of one core.

"""


MEMORY = """## Memory of a task

One task (local[1], 1 GB heap, all of it touched before) makes all columns of one plain file.
"Native, at most" is what the JVM's anonymous memory grew by during the scan: our library and the
direct buffers, but also the classes and code the JVM took on meanwhile, of which the last column
says how much it was.

"""
