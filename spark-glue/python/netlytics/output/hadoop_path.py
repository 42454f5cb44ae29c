"""Paths of Hadoop file systems."""


def located(spark, text):
    """The file system of a path and the path itself, of the JVM.

    text: a URI, or a path on the default file system.
    """
    path = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(text)
    return path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()), path
