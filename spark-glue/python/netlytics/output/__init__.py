"""Tables to files. Rows go from Spark to the file system; none passes through Python."""

from netlytics.output.by_day import write_by_day
from netlytics.output.one_file import write_content, write_one_file
from netlytics.output.spark_directory import write_directory
from netlytics.output.targets import directory_file

__all__ = [
    "directory_file",
    "write_by_day",
    "write_content",
    "write_directory",
    "write_one_file",
]
