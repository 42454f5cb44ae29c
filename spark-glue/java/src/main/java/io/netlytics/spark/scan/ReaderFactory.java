package io.netlytics.spark.scan;

import io.netlytics.jni.NativeLibrary;
import io.netlytics.spark.files.FilesPartition;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes readers on the executors, where it also loads the native library. */
final class ReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final ScanTask task;

  ReaderFactory(ScanTask task) {
    this.task = task;
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    NativeLibrary.load(task.nativePath);
    return new ColumnarReader(task, (FilesPartition) partition);
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("Logs are read as columnar batches only");
  }
}
