"""The algorithms of the native library for ``DataFrame.mapInArrow``: in Spark's Python workers."""

import json

from netlytics.errors import UsageError
from netlytics.laptop import native


def kernel(name, model=None, params=None, append=False, input=None, schema=None):
    """A function for ``DataFrame.mapInArrow``: a kernel over the batches of each partition.

    name: for instance ``clustering.kmeans.score``. model: what ``netlytics.fit`` found, for a
    kernel that takes one. params: a dict. append: whether the batches' own columns come before the
    kernel's; for kernels that give a row for each that they take. The workers need the wheel and
    pyarrow. What ``netlytics.kernels`` runs inside the JVM gives the same rows without Python.

    ``mapInArrow`` takes columns by position and looks at no names. input: the DataFrame that the
    function is for, or its schema; then ``.schema`` of the result is what to give ``mapInArrow``.
    schema: what you give ``mapInArrow``, a DDL string or a StructType; names and types are
    compared with what the kernel gives, here if ``input`` is known and else in the workers. Raises
    UsageError naming the column that differs.

    >>> score = netlytics.kernel("clustering.kmeans.score", model, input=df)
    >>> df.mapInArrow(score, score.schema)
    """
    message = None if model is None else model.message
    function = KernelFunction(name, message, json.dumps(params or {}), append)
    if schema is not None:
        function.declared = columns(parsed(schema))
    if input is not None:
        function.given = columns(function.output(getattr(input, "schema", input)))
        function.check(function.given)
    return function


class KernelFunction:
    """What ``kernel`` makes: an iterator of batches in, one of batches out. Can be pickled."""

    def __init__(self, name, message, params, append):
        self.name = name
        self.message = message
        self.params = params
        self.append = append
        # (name, type) of each column: as the caller declares them, and as they will be.
        self.declared = None
        self.given = None

    @property
    def schema(self):
        """The columns that come out, as a DDL string. Raises UsageError without ``input``."""
        if self.given is None:
            raise UsageError(
                f"what {self.name} gives depends on the columns that it takes: "
                "make the function with input=df"
            )
        return ", ".join(f"`{name.replace('`', '``')}` {kind}" for name, kind in self.given)

    def output(self, input):
        """What comes out for rows of a StructType, as a StructType."""
        # Not above: workers and machines without Spark import this module too.
        from pyspark.sql.types import StructType

        made = native.load().Kernel.spark_output(
            self.name, self.params, self.message, input.json(), self.append
        )
        kernel_fields = StructType.fromJson(json.loads(bytes(made))).fields
        return StructType([*input.fields, *kernel_fields] if self.append else kernel_fields)

    def check(self, given):
        """Raises UsageError unless columns are those declared, by name, type and order."""
        if self.declared is None:
            return
        for place, (declared, found) in enumerate(zip(self.declared, given), 1):
            if declared != found:
                raise UsageError(
                    f"column {place} of the schema is {' '.join(declared)}, but {self.name} gives "
                    f"{' '.join(found)} there: mapInArrow takes columns by position"
                )
        if len(self.declared) != len(given):
            raise UsageError(
                f"the schema has {len(self.declared)} columns, but {self.name} gives "
                f"{len(given)}: {', '.join(' '.join(column) for column in given)}"
            )

    def __call__(self, batches):
        running = None
        for batch in batches:
            if running is None:
                running = native.load().Kernel(
                    self.name, self.params, self.message, to_rust(batch.schema)
                )
                if self.declared is not None:
                    self.check_arrow(batch, from_rust(running.schema()))
            made = [from_rust(out) for out in running.push(to_rust(batch))]
            yield from [joined(self.name, batch, made)] if self.append else made
        if running is not None:
            yield from [from_rust(out) for out in running.end()]

    def check_arrow(self, batch, made):
        """The same check in a worker, before the first batch goes in."""
        # Not above: machines without Spark import this module too.
        from pyspark.sql.pandas.types import from_arrow_schema

        own = columns(from_arrow_schema(batch.schema)) if self.append else []
        self.check([*own, *columns(from_arrow_schema(made.schema))])


def parsed(schema):
    """A schema that may be a DDL string, as a StructType."""
    if not isinstance(schema, str):
        return schema
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate().createDataFrame([], schema).schema


def columns(struct):
    """(name, type as DDL) of each column of a StructType."""
    from pyspark.sql.types import UserDefinedType

    kinds = [
        field.dataType.sqlType() if isinstance(field.dataType, UserDefinedType) else field.dataType
        for field in struct.fields
    ]
    return [(field.name, kind.simpleString()) for field, kind in zip(struct.fields, kinds)]


def to_rust(arrow):
    """A schema or batch of pyarrow as the native module takes it."""
    # Since pyarrow 14; older ones go as an IPC stream.
    if hasattr(arrow, "__arrow_c_schema__") or hasattr(arrow, "__arrow_c_array__"):
        return arrow
    import pyarrow

    sink = pyarrow.BufferOutputStream()
    is_schema = isinstance(arrow, pyarrow.Schema)
    with pyarrow.ipc.new_stream(sink, arrow if is_schema else arrow.schema) as writer:
        if not is_schema:
            writer.write_batch(arrow)
    return sink.getvalue().to_pybytes()


def from_rust(batch):
    """A batch of the native module as pyarrow's."""
    import pyarrow

    if hasattr(pyarrow.RecordBatch, "__arrow_c_array__"):
        return pyarrow.record_batch(batch)
    return pyarrow.ipc.open_stream(batch.to_ipc()).read_next_batch()


def joined(name, batch, made):
    """The batch with the columns that were made of it."""
    import pyarrow

    if [out.num_rows for out in made] != [batch.num_rows]:
        raise ValueError(f"{name} gives not one row for each row: leave out append=True")
    return pyarrow.RecordBatch.from_arrays(
        [*batch.columns, *made[0].columns], [*batch.schema.names, *made[0].schema.names]
    )
