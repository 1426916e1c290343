package io.tlsport.provider.jdk;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The groups of SunJSSE. */
final class JdkGroups {
  /** In Java 17, which has no list to ask for. */
  static final List<String> ON_JAVA_17 =
      List.of(
          "x25519",
          "secp256r1",
          "secp384r1",
          "secp521r1",
          "x448",
          "ffdhe2048",
          "ffdhe3072",
          "ffdhe4096",
          "ffdhe6144",
          "ffdhe8192");

  private JdkGroups() {}

  /** Those that this JVM has, by IANA's names. */
  static List<String> names() {
    try {
      SSLContext context = JdkProvider.newContext();
      context.init(null, null, null);
      SSLParameters defaults = context.getDefaultSSLParameters();
      return NewerParameters.namedGroups(defaults).orElse(ON_JAVA_17);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("SunJSSE makes no context", failed);
    }
  }
}
