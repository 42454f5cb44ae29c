"""The SQL functions in a Spark session, by name."""

from netlytics import jar
from netlytics.errors import translated


def register(spark):
    """Registers the SQL functions of docs/functions.md with a session, and returns their names.

    Their names begin with ``netlytics_``. They run inside the executors' JVMs: no Python worker
    takes part. Those of the catalog (``spark.sql.catalog.netlytics``) are called faster. Raises
    NetlyticsError without the jar.

    >>> netlytics.register(spark)
    >>> spark.sql("SELECT netlytics_registered_domain(query), count(*) FROM dns GROUP BY 1")
    """
    from py4j.java_gateway import JavaClass

    functions = spark.sparkContext._jvm.io.netlytics.spark.NetlyticsFunctions
    if not isinstance(functions, JavaClass):
        raise jar.missing_from_class_path()
    with translated():
        return list(functions.register(spark._jsparkSession))
