"""Reads the files the scripts write."""

import csv


def read_csv(path):
    """All rows of a CSV file as lists of text, header first."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file, strict=True))
