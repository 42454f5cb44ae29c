/** Tables whose rows one scan gives: what is pushed into it, its tasks, and what they report. */
package io.netlytics.spark.scan;
