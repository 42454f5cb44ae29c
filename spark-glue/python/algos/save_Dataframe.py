"""The Data Table as a file."""

from netlytics.jobs.save_dataframe import SaveDataframe as SaveDataFrame

__all__ = ["SaveDataFrame"]
