package io.netlytics.spark.combine;

import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * A session for the query over a combined table's parts: with the user's settings, but with views of
 * its own, and planned without running anything.
 */
final class InnerSession {
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

  /** These run jobs while a query is planned; EXPLAIN must not. */
  private static final String[] OFF = {
    "spark.sql.adaptive.enabled",
    "spark.sql.optimizer.dynamicPartitionPruning.enabled",
    "spark.sql.optimizer.runtime.bloomFilter.enabled",
    "spark.sql.optimizer.runtimeFilter.semiJoinReduction.enabled",
    // Not a job, but another meaning: the query is written for Spark's usual one.
    "spark.sql.ansi.enabled",
  };

  private InnerSession() {}

  /** @param bytes that the query reads, about */
  static SparkSession of(SparkSession user, long bytes) {
    SparkSession inner = user.newSession();
    String shufflePartitions = copySettings(user.conf(), inner.conf());
    for (String key : OFF) {
      inner.conf().set(key, "false");
    }
    inner.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    inner.conf().set(SHUFFLE_PARTITIONS, Integer.toString(ShuffleWidth.partitions(
        bytes, user.sparkContext().defaultParallelism(), shufflePartitions)));
    return inner;
  }

  /** Returns the user's number of shuffle partitions, or null where it was not set. */
  private static String copySettings(RuntimeConfig user, RuntimeConfig inner) {
    String shufflePartitions = null;
    for (Iterator<Tuple2<String, String>> all = user.getAll().iterator(); all.hasNext(); ) {
      Tuple2<String, String> setting = all.next();
      String key = setting._1();
      // Of Spark's own, only what a session may change: the rest is the application's.
      if (inner.isModifiable(key) || key.startsWith("spark.netlytics.")
          || !key.startsWith("spark.")) {
        inner.set(key, setting._2());
      }
      if (key.equals(SHUFFLE_PARTITIONS)) {
        shufflePartitions = setting._2();
      }
    }
    return shufflePartitions;
  }
}
