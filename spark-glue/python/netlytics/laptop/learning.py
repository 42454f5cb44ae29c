"""Models on one machine: learned from Arrow data, and scored with, without Spark."""

import json

from netlytics import model_files
from netlytics.errors import UsageError
from netlytics.kernel_function import KernelFunction, to_rust
from netlytics.laptop import native

FEATURES = "features"
# Rows that a kernel takes at once.
BATCH_ROWS = 8192


class LaptopModels:
    """What one machine does with models; each is its message, bytes."""

    def transform(self, message):
        """The message of the transform that a model holds, or None."""
        return native.load().model_transform(message)

    def with_transform(self, message, transform):
        """The message and the description of a model together with a transform."""
        return described(native.load().model_with_transform(message, transform))

    def save(self, message, path, overwrite):
        """Writes a model to this machine; see ``Model.save``."""
        model_files.write(model_files.local(path), message, overwrite)

    def load(self, path):
        """The message and the description of the model in a file; see ``netlytics.load_model``."""
        if path.startswith("hdfs://"):
            message = native.load().read_file(path)
        else:
            message = model_files.content(model_files.local(path))
        try:
            return described(message)
        except UsageError as refused:
            raise UsageError(f"{path}: {refused}") from refused

    def score(self, message, data, params):
        """A ``pyarrow.Table`` of the data with what a model gives; see ``Model.score``."""
        table = table_of(data)
        transform = self.transform(message)
        if transform is None:
            return appended(table, table, Scorer(message), params)
        if FEATURES in table.column_names:
            raise UsageError(
                f"there is a column {FEATURES} already, which the model makes of others: rename it"
            )
        maker = Scorer(transform)
        featured = appended(table, table, maker, {})
        if maker.description["parameters"].get("null_policy") == "drop":
            kept = featured.column(FEATURES).is_valid()
            table, featured = table.filter(kept), featured.filter(kept)
        return appended(table, featured, Scorer(message), params)


def described(message):
    """A message and what the model says of itself, as JSON. Raises UsageError when it is none."""
    return message, native.load().describe_model(message)


class Scorer:
    """A model and the kernel that scores with it."""

    def __init__(self, message):
        self.message = message
        self.description = json.loads(native.load().describe_model(message))
        self.kernel = f"{self.description['estimator']}.score"


def learned(data, estimator, params):
    """The message and the description of the model that an estimator learns from Arrow data; see
    ``netlytics.fit``.
    """
    library, text = native.load(), json.dumps(params)
    rows = inputs(table_of(data), library.inputs(estimator, text, None))
    batches = [to_rust(batch) for batch in rows.to_batches(max_chunksize=BATCH_ROWS)]
    return described(library.fit(estimator, text, to_rust(rows.schema), batches))


def appended(table, source, scorer, params):
    """A table with the columns that a model gives for the rows of another one of as many."""
    import pyarrow

    kernel, text = scorer.kernel, json.dumps(params)
    rows = inputs(source, native.load().inputs(kernel, text, scorer.message))
    function = KernelFunction(kernel, scorer.message, text, append=False)
    batches = rows.to_batches(max_chunksize=BATCH_ROWS)
    if not batches:
        batches = [pyarrow.RecordBatch.from_pylist([], schema=rows.schema)]
    made = pyarrow.Table.from_batches(function(iter(batches)))
    for name in made.column_names:
        if name in table.column_names:
            raise UsageError(f"there is a column {name} already, which the model gives: rename it")
        table = table.append_column(made.schema.field(name), made.column(name))
    return table


def table_of(data):
    """Arrow data as a ``pyarrow.Table``. Raises UsageError for something else."""
    import pyarrow

    if isinstance(data, pyarrow.Table):
        return data
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return pyarrow.table(data)
    raise UsageError(
        f"a {type(data).__name__} is neither a Spark DataFrame nor Arrow data: it has no"
        " __arrow_c_stream__"
    )


def inputs(table, wanted):
    """The columns that a kernel takes, of the types it takes; all columns where none are named."""
    if wanted is None:
        return table
    import pyarrow

    missing = [name for name, _ in wanted if name not in table.column_names]
    if missing:
        known = ", ".join(table.column_names)
        raise UsageError(f"there is no column {missing[0]}: there are {known}")
    columns = {name: cast(name, table.column(name), kind) for name, kind in wanted}
    fields = [
        # The field's metadata tells vectors from other structs, and the names of their numbers.
        pyarrow.field(name, column.type, metadata=table.schema.field(name).metadata)
        for name, column in columns.items()
    ]
    return pyarrow.Table.from_arrays(list(columns.values()), schema=pyarrow.schema(fields))


def cast(name, column, kind):
    """A column of the type that a kernel takes. Raises UsageError where it has no such values."""
    import pyarrow

    types = pyarrow.types
    found = column.type
    if types.is_dictionary(found):
        column, found = column.cast(found.value_type), found.value_type
    number = types.is_integer(found) or types.is_floating(found) or types.is_decimal(found)
    lists = types.is_list(found) or types.is_large_list(found) or types.is_fixed_size_list(found)
    if kind == "text":
        wanted = pyarrow.string()
    elif number or types.is_boolean(found):
        wanted = pyarrow.float64()
    elif kind == "features" and lists:
        wanted = pyarrow.list_(pyarrow.float64())
    elif kind == "features" and types.is_struct(found):
        return column
    else:
        raise UsageError(f"the column {name} is {found}: expected numbers")
    if types.is_boolean(found) and kind != "text":
        column = column.cast(pyarrow.int8())
    try:
        return column.cast(wanted)
    except pyarrow.ArrowException as error:
        raise UsageError(f"the column {name} is {found}, not to be cast to {wanted}") from error
