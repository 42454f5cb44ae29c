/** Algorithms of the native library at work on the rows of a query. */
package io.netlytics.spark.kernel;
