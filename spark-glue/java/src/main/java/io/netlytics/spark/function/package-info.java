/** SQL functions: how Spark finds them and calls them for every row. */
package io.netlytics.spark.function;
