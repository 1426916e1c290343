package io.tlsport.provider.jdk;

import io.tlsport.spi.KeyingMaterial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Exports by the method that {@link ExtendedSSLSession} has since Java 25, called by name.
 *
 * @param ssl the engine, which has finished its handshake
 */
record JdkKeyingMaterial(SSLEngine ssl) implements KeyingMaterial {
  private static final Optional<Method> EXPORT =
      Arrays.stream(ExtendedSSLSession.class.getMethods())
          .filter(method -> method.getName().equals("exportKeyingMaterialData"))
          .findFirst();

  /** True if this JVM has it. */
  static boolean available() {
    return EXPORT.isPresent();
  }

  @Override
  public Optional<byte[]> export(String label, Optional<byte[]> context, int length)
      throws SSLException {
    if (EXPORT.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (byte[]) EXPORT.get().invoke(ssl.getSession(), label, context.orElse(null), length));
    } catch (InvocationTargetException failed) {
      throw new SSLException("SunJSSE does not export it: " + failed.getCause(), failed);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException("a public method of the JDK failed", impossible);
    }
  }
}
