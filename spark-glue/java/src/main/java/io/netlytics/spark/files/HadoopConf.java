package io.netlytics.spark.files;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** A Hadoop configuration that travels to the executors. */
public final class HadoopConf implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient Configuration configuration;

  /** Not copied: what is set later still counts, until the first task is sent. */
  public HadoopConf(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The configuration itself. */
  public Configuration get() {
    return configuration;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    configuration.write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    // Everything is in the stream: the executor's own files must not mix in.
    configuration = new Configuration(false);
    configuration.readFields(in);
  }
}
