package io.tlsport.provider.jdk;

import io.tlsport.spi.Availability;
import java.security.Security;

/** Whether this JVM has its own TLS engine. */
final class JdkAvailability {
  private JdkAvailability() {}

  static Availability check() {
    return Security.getProvider("SunJSSE") == null
        ? Availability.no(
            "this JVM has no SunJSSE among its security providers; add it to java.security")
        : Availability.yes();
  }
}
