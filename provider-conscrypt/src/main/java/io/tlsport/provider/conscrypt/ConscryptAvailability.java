package io.tlsport.provider.conscrypt;

import io.tlsport.spi.Availability;
import org.conscrypt.Conscrypt;

/** Whether Conscrypt's native library loads on this machine. */
final class ConscryptAvailability {
  private ConscryptAvailability() {}

  static Availability check() {
    try {
      Conscrypt.checkAvailability();
      return Availability.yes();
    } catch (LinkageError | RuntimeException missing) {
      return Availability.no(
          "Conscrypt's native library does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + missing.getMessage()
              + "); it needs glibc and conscrypt-openjdk-uber on the class path");
    }
  }

  static String version() {
    Conscrypt.Version version = Conscrypt.version();
    return version == null
        ? "unknown"
        : version.major() + "." + version.minor() + "." + version.patch();
  }
}
