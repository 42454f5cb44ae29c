/**
 * What a read is told: the options of its user, the session's settings, and the connectors there
 * are.
 */
package io.netlytics.spark.config;
