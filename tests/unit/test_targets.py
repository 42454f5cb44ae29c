"""Paths and forms of output."""

import os

import pytest

from netlytics.output import forms, targets
from netlytics.output.one_file import PART


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("out.csv", True),
        ("/tmp/out.csv", True),
        ("at 12:30.csv", True),
        ("file:///tmp/out.csv", True),
        ("hdfs:///out.csv", False),
        ("s3a://bucket/out.csv", False),
    ],
)
def test_which_paths_are_local(text, local):
    assert targets.is_local(text) is local


def test_file_uris_are_paths():
    assert targets.local_path("file:///tmp/a%20b") == "/tmp/a b"
    assert targets.local_path("x") == os.path.abspath("x")


def test_files_of_directories():
    assert targets.directory_file("hdfs:///r/", "report.csv") == "hdfs:///r/report.csv"
    assert targets.directory_file("r", "report.csv") == os.path.join("r", "report.csv")


@pytest.mark.parametrize(
    ("path", "form"),
    [("a", "csv"), ("a.csv", "csv"), ("a.PARQUET/", "parquet"), ("d.x/a.json", "json")],
)
def test_the_extension_is_the_form(path, form):
    assert forms.form_of(path) == form


def test_the_header_is_quoted_like_the_rows():
    assert forms.csv_header(["a", "b,c", 'd"']) == b'a,"b,c","d"""\n'


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("part-00003-0b7c5d-c002.csv", ("00003", "002")),
        ("part-123456-aa-bb-c000.snappy.parquet", ("123456", "000")),
    ],
)
def test_part_names(name, numbers):
    assert PART.match(name).groups() == numbers
