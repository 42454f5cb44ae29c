package io.netlytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What went wrong, with the place where it happened as data rather than as text to be matched.
 *
 * <p>Made by the native library from a JSON object, or on the JVM side by {@link #of}. {@link
 * #getMessage()} is a whole sentence for the person who ran the query; the getters are for programs.
 */
public final class NetlyticsException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String kind;
  private final String path;
  private final Long splitStart;
  private final Long offset;
  private final Long record;
  private final String column;
  private final String expected;

  /**
   * @param json {@code {"kind","message","path","splitStart","offset","record","column","expected"}};
   *     all but kind and message may be null or absent
   */
  public NetlyticsException(String json) {
    this(parse(json), null);
  }

  private NetlyticsException(JsonNode error, Throwable cause) {
    super(text(error, "message"), cause);
    kind = text(error, "kind");
    path = text(error, "path");
    splitStart = number(error, "splitStart");
    offset = number(error, "offset");
    record = number(error, "record");
    column = text(error, "column");
    expected = text(error, "expected");
  }

  /** An error found on the JVM side; kind is one of those of {@link #getKind()}. */
  public static NetlyticsException of(String kind, String message, String path, Throwable cause) {
    ObjectNode error = JSON.createObjectNode();
    error.put("kind", kind).put("message", message).put("path", path);
    return new NetlyticsException(error, cause);
  }

  /** An option, connector or schema the user has to change. */
  public static NetlyticsException badOption(String message) {
    return of("BadOption", message, null, null);
  }

  /** A file that could not be listed, opened, read or written. */
  public static NetlyticsException io(String message, String path, Throwable cause) {
    String reason = cause == null ? "" : ": " + cause;
    return of("Io", message + " " + path + reason, path, cause);
  }

  /** BadInput, BadOption, Io, or Internal (a fault of ours). */
  public String getKind() {
    return kind;
  }

  /** The file, or null. */
  public String getPath() {
    return path;
  }

  /** First byte of the split that was read, or null. */
  public Long getSplitStart() {
    return splitStart;
  }

  /** Byte offset in the decompressed text, or null. */
  public Long getOffset() {
    return offset;
  }

  /** Number of the record in its split, or null. */
  public Long getRecord() {
    return record;
  }

  /** The column that could not be read, or null. */
  public String getColumn() {
    return column;
  }

  /** What should have stood there, or null. */
  public String getExpected() {
    return expected;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException notJson) {
      // Losing the text of an error because of its envelope would hide the error itself.
      return JSON.createObjectNode().put("kind", "Internal").put("message", json);
    }
  }

  private static String text(JsonNode error, String field) {
    JsonNode value = error.path(field);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  private static Long number(JsonNode error, String field) {
    JsonNode value = error.path(field);
    return value.isNumber() ? value.asLong() : null;
  }
}
