"""The algorithms that are plain Spark SQL, one a file. They start no Python worker."""
