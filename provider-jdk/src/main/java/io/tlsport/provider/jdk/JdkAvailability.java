package io.tlsport.provider.jdk;

import io.tlsport.spi.Availability;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** Whether this JVM has its own TLS engine, and lets it work. */
final class JdkAvailability {
  /** On a field that others than SunEC fail at, unlike SunEC, by what SunJSSE does not expect. */
  private static final String RARE_CURVE = "sect163k1";

  private JdkAvailability() {}

  static Availability check() {
    if (Security.getProvider("SunJSSE") == null) {
      return Availability.no(
          "this JVM has no SunJSSE among its security providers; add it to java.security");
    }
    return disorder().map(Availability::no).orElseGet(Availability::yes);
  }

  /**
   * Why SunJSSE fails with the security providers in the order that they have now. It takes curves
   * and the keys of X25519 from the first that has them, and there is no way to tell it otherwise.
   * Here the same is asked for without SunJSSE, which would stay broken if it began by failing.
   */
  static Optional<String> disorder() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("XDH");
      try {
        keys.initialize(NamedParameterSpec.X25519);
      } catch (GeneralSecurityException | RuntimeException unfit) {
        return Optional.of(inFront(keys.getProvider(), "keys of X25519", unfit));
      }
      AlgorithmParameters curves = AlgorithmParameters.getInstance("EC");
      try {
        curves.init(new ECGenParameterSpec(RARE_CURVE));
      } catch (InvalidParameterSpecException unknown) {
        // That is how a curve is absent.
      } catch (RuntimeException unfit) {
        return Optional.of(inFront(curves.getProvider(), "curves", unfit));
      }
      return Optional.empty();
    } catch (GeneralSecurityException absent) {
      return Optional.of(
          "no security provider of this JVM has what SunJSSE needs ("
              + absent.getMessage()
              + "): add SunEC to java.security");
    }
  }

  private static String inFront(Provider provider, String what, Exception unfit) {
    return "the security provider "
        + provider.getName()
        + " stands before SunEC, and SunJSSE cannot use its "
        + what
        + " ("
        + unfit.getMessage()
        + "): put it behind, by Security.addProvider instead of insertProviderAt, or use another"
        + " engine";
  }
}
