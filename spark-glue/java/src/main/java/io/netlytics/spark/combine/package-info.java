/** Tables that are put together from the scans of several parts. */
package io.netlytics.spark.combine;
