"""Columns of a table as features: one column of vectors, as algorithms and Spark ML take it."""

from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    MapType,
    NumericType,
    StringType,
    StructType,
    UserDefinedType,
)

from netlytics import kernels, names
from netlytics.errors import UsageError
from netlytics.model import fit
from netlytics.output.csv_text import quoted

ESTIMATOR, KERNEL = "features.transform", "features.transform.score"
VIEW = "netlytics"
FEATURES = "features"
ORDERS = ("given", "name")
# Types of many values in one, which are no category.
COMPOSED = (ArrayType, BinaryType, MapType, StructType, UserDefinedType)


def transform(df, spark, sql_query, *features, **how):
    """The answer to a query over ``df``, with its features as a column ``features`` of vectors.

    sql_query: SQL over the view ``netlytics``, which is ``df``; None for the table itself. The
    other arguments, and what is raised, are those of ``learned``.
    """
    if sql_query is not None:
        df.createOrReplaceTempView(VIEW)
        df = spark.sql(sql_query)
    return transformed(df, *features, **how)


def transformed(table, *features, **how):
    """The table, with a column ``features`` of Spark ML vectors; its metadata names each feature.

    Its arguments, and what is raised, are those of ``learned``; what is wrong with a row perhaps
    only by the action that reads it.
    """
    return applied(table, learned(table, *features, **how))


def learned(
    table,
    numerical_features,
    categorical_features,
    normalize=True,
    normalize_p=2,
    scale=None,
    null_policy="error",
    order="given",
    max_categories=1_000_000,
):
    """The model that makes the features of a table.

    numerical_features: names of columns of numbers, which stay as they are. categorical_features:
    names of columns whose values become one-hot features, by frequency, equal ones by value; a
    null counts as ``__NA__``; the rarest value has no feature of its own. Learning them is a job
    over the table. normalize: scale each row to length 1 in the ``normalize_p``-norm (from 1, may
    be ``float("inf")``); a row of zeros stays. scale: each numerical column before that:
    ``"standard"`` (mean 0, standard deviation 1), ``"minmax"`` (0 to 1) or None; a constant one
    becomes 0. null_policy: what a null number is: ``"error"``, ``"drop"`` (the row is left out)
    or ``"zero"``. order: of the features: ``"given"`` (numerical, then categorical, as named) or
    ``"name"`` (by the names of the columns). max_categories: most values of a column; beyond it
    an error says which column has more.

    Raises UsageError for columns that are not there or of another type, NetlyticsError when the
    rows are not what is expected.
    """
    if order not in ORDERS:
        raise names.unknown("order", order, [{"name": known} for known in ORDERS])
    numerical, categorical = list(numerical_features), list(categorical_features)
    if order == "name":
        numerical, categorical = sorted(numerical), sorted(categorical)
    check(table, numerical, categorical)
    params = {
        "numerical": numerical,
        "categorical": categorical,
        "normalize": bool(normalize),
        "normalize_p": "inf" if normalize_p == float("inf") else normalize_p,
        "scale": scale or "none",
        "null_policy": null_policy,
        "order": order,
        "max_categories": max_categories,
    }
    casts = casts_of(table, numerical, categorical)
    inputs = table.select(
        *[F.col(quoted(name)) if cast is None else cast.alias(name) for name, cast in casts.items()]
    )
    if not categorical and not scale:
        # Nothing is to be learned.
        inputs = inputs.limit(0)
    return fit(inputs, ESTIMATOR, params)


def applied(table, model):
    """The table with the column ``features`` that a model of ``learned`` makes of its columns."""
    numerical, categorical = [
        model.parameters.get(kind, []) for kind in ("numerical", "categorical")
    ]
    check(table, numerical, categorical)
    found = scored(table, model, casts_of(table, numerical, categorical), len(numerical))
    drops = model.parameters.get("null_policy") == "drop"
    return found.where(F.col(FEATURES).isNotNull()) if drops else found


def casts_of(table, numerical, categorical):
    """By name, each input as a column of the kernel's type; None where it is of that type."""
    casts = {name: as_type(table, name, "double") for name in numerical}
    casts.update({name: as_type(table, name, "string") for name in categorical})
    return casts


def scored(table, model, casts, numbers):
    """The table with the features that a model makes of its columns; null where it drops a row.

    casts: by name, each input of the model as a column of the type that the kernel takes, or None
    where the column of that name is one; the first ``numbers`` of them are the numerical ones.
    """
    held, inputs = {}, []
    for place, (name, cast) in enumerate(casts.items()):
        # A column that is of the kernel's type already goes as it is.
        inputs.append(name if cast is None else f"__netlytics_{place}")
        if cast is not None:
            held[inputs[-1]] = cast
    wide = table.select("*", *[cast.alias(name) for name, cast in held.items()])
    params = {"numerical": inputs[:numbers], "categorical": inputs[numbers:]}
    return kernels.append(wide, KERNEL, params, model, inputs).drop(*held)


def as_type(table, name, kind):
    """The cast of a column to a type; None where it is of that type."""
    is_kind = table.schema[name].dataType.typeName() == kind
    return None if is_kind else F.col(quoted(name)).cast(kind)


def check(table, numerical, categorical):
    """Raises UsageError for features that are no columns, twice named or of the wrong type."""
    wanted = numerical + categorical
    if not wanted:
        raise UsageError("there are no features: name numerical or categorical columns")
    for name in wanted:
        names.require("column", name, [{"name": known} for known in table.columns])
        if wanted.count(name) > 1:
            raise UsageError(f"the feature {name} is named twice")
    if FEATURES in table.columns:
        raise UsageError(f"there is a column {FEATURES} already: give it another name in the query")
    for name in numerical:
        check_number(name, table.schema[name].dataType)
    for name in categorical:
        kind = table.schema[name].dataType
        if isinstance(kind, COMPOSED):
            raise UsageError(
                f"the categorical feature {name} is {kind.simpleString()}: expected one value a row"
            )


def check_number(name, kind):
    """Raises UsageError unless a numerical feature's type is one of numbers or truth values."""
    if isinstance(kind, StringType):
        raise UsageError(
            f"the numerical feature {name} is text: cast it to a number in the query, or name it"
            " as a categorical feature"
        )
    if not isinstance(kind, (NumericType, BooleanType)):
        raise UsageError(
            f"the numerical feature {name} is {kind.simpleString()}: expected a number"
        )
