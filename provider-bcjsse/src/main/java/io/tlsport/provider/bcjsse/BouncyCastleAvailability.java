package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Availability;
import java.util.Arrays;
import org.bouncycastle.tls.SecurityParameters;

/** Whether a Bouncy Castle stack is on the class path: its own, or the FIPS one, never both. */
final class BouncyCastleAvailability {
  private static final String OLDEST_LOW_LEVEL = "1.84";
  private static final String JSSE = "org.bouncycastle.jsse.provider.BouncyCastleJsseProvider";

  private BouncyCastleAvailability() {}

  static Availability check() {
    boolean jsse = isThere(JSSE);
    boolean plain = isThere(BouncyCastle.PLAIN);
    boolean fips = isThere(BouncyCastle.FIPS);
    if (plain && fips) {
      return Availability.no(
          "bcprov and bc-fips are both on the class path, which does not work: keep one of them");
    }
    if (!jsse || (!plain && !fips)) {
      return Availability.no(
          "Bouncy Castle is not on the class path: add bctls-jdk18on, bcprov-jdk18on and"
              + " bcutil-jdk18on, or bctls-fips, bc-fips and bcutil-fips");
    }
    return Availability.yes();
  }

  /** The same for its low-level TLS. */
  static Availability checkLowLevel() {
    Availability stack = check();
    return !stack.available() || tellsGroups(SecurityParameters.class)
        ? stack
        : Availability.no(
            "this version of Bouncy Castle is too old for bctls, it cannot tell the group of a"
                + " handshake; the oldest version that works is "
                + OLDEST_LOW_LEVEL
                + "; bcjsse works with older ones");
  }

  /** Added in that version. */
  static boolean tellsGroups(Class<?> parameters) {
    return Arrays.stream(parameters.getMethods())
        .anyMatch(method -> method.getName().equals("getNegotiatedGroup"));
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, BouncyCastleAvailability.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError missing) {
      return false;
    }
  }
}
