/** Spark's own form of rows, which its public interfaces do not show. */
package io.netlytics.spark.rows;
