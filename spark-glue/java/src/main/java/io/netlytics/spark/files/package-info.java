/** Which files and which ranges of them a read is of. Knows nothing of scans. */
package io.netlytics.spark.files;
