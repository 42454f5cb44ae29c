"""Where output goes: a path of the driver's machine, or a URI of any Hadoop file system."""

import os
from urllib.parse import urlparse
from urllib.request import url2pathname

from netlytics.errors import NetlyticsError


class Target:
    """One path together with the file system it is on. ``text`` is the path as the user gave it."""

    def __init__(self, spark, text):
        self.text = text
        self._jvm = spark.sparkContext._jvm
        conf = spark.sparkContext._jsc.hadoopConfiguration()
        hadoop = self._jvm.org.apache.hadoop.fs
        if is_local(text):
            # Through java.io.File: a Hadoop path cannot be made of text with a colon. The raw file
            # system: the other one leaves a .crc file beside every file.
            self.path = hadoop.Path(self._jvm.java.io.File(local_path(text)).toURI())
            self.fs = hadoop.FileSystem.getLocal(conf).getRaw()
        else:
            self.path = hadoop.Path(text)
            self.fs = self.path.getFileSystem(conf)

    def exists(self):
        """Whether something is there."""
        return self.fs.exists(self.path)

    def refuse_directory(self):
        """Raises NetlyticsError if a directory is where the file should be."""
        if self.exists() and self.fs.getFileStatus(self.path).isDirectory():
            raise NetlyticsError(
                "Output",
                f"{self.text} is a directory: expected the name of a file to write",
                path=self.text,
            )

    def sibling(self, name):
        """A path in the same directory."""
        return self._jvm.org.apache.hadoop.fs.Path(self.path.getParent(), name)

    def make_parents(self):
        """Makes the directory the file will be in."""
        parent = self.path.getParent()
        if not self.fs.mkdirs(parent):
            raise NetlyticsError(
                "Output", f"cannot make the directory {parent.toString()}", path=self.text
            )

    def take(self, finished):
        """Puts a finished file of the same directory in this one's place."""
        # HDFS does not rename onto a file; a local rename would replace it.
        if not is_local(self.text):
            self.fs.delete(self.path, False)
        if not self.fs.rename(finished, self.path):
            raise NetlyticsError(
                "Output", f"cannot rename {finished.toString()} to {self.text}", path=self.text
            )


def is_local(text):
    """Whether a path is one of the driver's machine: no scheme, or ``file:``."""
    return not has_scheme(text) or urlparse(text).scheme == "file"


def has_scheme(text):
    """Whether a path names its file system (``hdfs://…``, ``file:…``); a mere colon does not."""
    scheme = urlparse(text).scheme
    return scheme == "file" or (bool(scheme) and text[len(scheme) :].startswith(":/"))


def local_path(text):
    """A local path or ``file:`` URI as an absolute path."""
    return os.path.abspath(url2pathname(urlparse(text).path) if has_scheme(text) else text)


def directory_file(directory, name):
    """The path of a file in a directory that is local or a URI."""
    return (
        f"{directory.rstrip('/')}/{name}"
        if has_scheme(directory)
        else os.path.join(directory, name)
    )
