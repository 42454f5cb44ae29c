"""The algorithms of the native library for ``DataFrame.mapInArrow``: in Spark's Python workers."""

import json

from netlytics.laptop import native


def kernel(name, model=None, params=None, append=False):
    """A function for ``DataFrame.mapInArrow``: a kernel over the batches of each partition.

    name: for instance ``clustering.kmeans.score``. model: what ``netlytics.fit`` found, for a
    kernel that takes one. params: a dict. append: whether the batches' own columns come before the
    kernel's; for kernels that give a row for each that they take. The workers need the wheel and
    pyarrow. What ``netlytics.kernels`` runs inside the JVM gives the same rows without Python.

    >>> df.mapInArrow(netlytics.kernel("clustering.kmeans.score", model), "prediction long")
    """
    message = None if model is None else model.message
    return KernelFunction(name, message, json.dumps(params or {}), append)


class KernelFunction:
    """What ``kernel`` makes: an iterator of batches in, one of batches out. Can be pickled."""

    def __init__(self, name, message, params, append):
        self.name = name
        self.message = message
        self.params = params
        self.append = append

    def __call__(self, batches):
        running = None
        for batch in batches:
            if running is None:
                running = native.load().Kernel(
                    self.name, self.params, self.message, to_rust(batch.schema)
                )
            made = [from_rust(out) for out in running.push(to_rust(batch))]
            yield from [joined(self.name, batch, made)] if self.append else made
        if running is not None:
            yield from [from_rust(out) for out in running.end()]


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
