package io.tlsport.provider.conscrypt;

import io.tlsport.spi.Availability;
import java.util.stream.Stream;
import org.conscrypt.Conscrypt;

/** Whether Conscrypt's native library loads on this machine. */
final class ConscryptAvailability {
  private static final String OLDEST = "2.9.0";
  private static final String WORK_FOLDER = "org.conscrypt.native.workdir";

  private ConscryptAvailability() {}

  static Availability check() {
    try {
      Conscrypt.checkAvailability();
      return tellsGroups(Conscrypt.class)
          ? Availability.yes()
          : Availability.no(
              "Conscrypt "
                  + version()
                  + " is too old, it cannot tell the group of a handshake; the oldest version that"
                  + " works is "
                  + OLDEST);
    } catch (LinkageError | RuntimeException missing) {
      return Availability.no(
          "Conscrypt's native library does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + missing.getMessage()
              + "); it needs glibc, conscrypt-openjdk-uber on the class path, and a folder that may hold"
              + " programs: it is unpacked into "
              + System.getProperty(WORK_FOLDER, System.getProperty("java.io.tmpdir"))
              + ", another one is set by -D"
              + WORK_FOLDER
              + "=DIR");
    }
  }

  /** Added together with the choice of groups: older versions have neither. */
  static boolean tellsGroups(Class<?> api) {
    return Stream.of(api.getMethods()).anyMatch(method -> method.getName().equals("getGroupName"));
  }

  static String version() {
    Conscrypt.Version version = Conscrypt.version();
    return version == null
        ? "unknown"
        : version.major() + "." + version.minor() + "." + version.patch();
  }
}
