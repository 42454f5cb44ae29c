package io.netlytics.jni;

import java.lang.reflect.Field;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.apache.spark.unsafe.Platform;

/** Where the memory of direct buffers lies. */
public final class DirectMemory {
  private static final long ADDRESS_FIELD = addressField();

  private DirectMemory() {}

  /** The address of a direct buffer's first byte, valid as long as the buffer is reachable. */
  public static long address(ByteBuffer direct) {
    return Platform.getLong(direct, ADDRESS_FIELD);
  }

  /**
   * The field that holds the address. No public method gives it before Java 22; the field's offset
   * needs no access to the field itself, so no module has to be opened.
   */
  private static long addressField() {
    try {
      Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
      Field theUnsafe = unsafeClass.getDeclaredField("theUnsafe");
      theUnsafe.setAccessible(true);
      return (Long) unsafeClass.getMethod("objectFieldOffset", Field.class)
          .invoke(theUnsafe.get(null), Buffer.class.getDeclaredField("address"));
    } catch (ReflectiveOperationException unknownJvm) {
      throw new IllegalStateException(
          "This JVM does not show the addresses of direct buffers", unknownJvm);
    }
  }
}
