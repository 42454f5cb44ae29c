/** Spark's conditions in the form that the native reader evaluates, and back. */
package io.netlytics.spark.filter;
