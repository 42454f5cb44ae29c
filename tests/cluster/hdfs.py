"""Puts files on HDFS and looks at what is there, through the JVM of a Spark session."""

from contextlib import contextmanager


class Hdfs:
    """The HDFS at ``uri``. Paths are those below its root: ``/logs``."""

    def __init__(self, spark, uri):
        self.uri = uri
        self._jvm = spark.sparkContext._jvm
        # Its own copy: block size and replication are set for one file.
        conf = self._jvm.org.apache.hadoop.conf.Configuration(
            spark.sparkContext._jsc.hadoopConfiguration()
        )
        # A file is complete once its data nodes have said so: ask again soon.
        conf.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 10)
        self._conf = conf

    def put(self, local, path, block_bytes=1 << 20, replication=1):
        """Copies a file or directory; returns its URI."""
        conf = self._jvm.org.apache.hadoop.conf.Configuration(self._conf)
        conf.setLong("dfs.blocksize", block_bytes)
        conf.setInt("dfs.bytes-per-checksum", 512)
        conf.setInt("dfs.replication", replication)
        at = self._jvm.java.net.URI(self.uri)
        fs = self._jvm.org.apache.hadoop.fs.FileSystem.newInstance(at, conf)
        try:
            fs.mkdirs(self._path(path).getParent())
            fs.copyFromLocalFile(self._path(local.as_uri()), self._path(path))
        finally:
            fs.close()
        return self.uri + path

    @contextmanager
    def being_written(self, text, path, block_bytes=1 << 20, replication=1):
        """A file that a writer holds open after it has flushed this text; gives its URI."""
        fs, at = self._fs(), self._path(path)
        out = fs.create(at, True, 4096, replication, block_bytes)
        try:
            out.write(text.encode())
            out.hflush()
            yield self.uri + path
        finally:
            out.close()

    def names(self, directory):
        """Names of a directory's entries, sorted; none if there is no such directory."""
        fs, path = self._fs(), self._path(directory)
        return (
            sorted(entry.getPath().getName() for entry in fs.listStatus(path))
            if (fs.exists(path))
            else []
        )

    def text(self, path):
        """A file's text."""
        stream = self._fs().open(self._path(path))
        try:
            return self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()

    def block_hosts(self, path):
        """For each block of a file the hosts that hold it, sorted."""
        fs = self._fs()
        status = fs.getFileStatus(self._path(path))
        blocks = fs.getFileBlockLocations(status, 0, status.getLen())
        return [sorted(block.getHosts()) for block in blocks]

    def _fs(self):
        return self._jvm.org.apache.hadoop.fs.FileSystem.get(
            self._jvm.java.net.URI(self.uri), self._conf
        )

    def _path(self, text):
        return self._jvm.org.apache.hadoop.fs.Path(str(text))
