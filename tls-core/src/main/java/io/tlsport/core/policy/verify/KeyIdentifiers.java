package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Authority and subject key identifiers (RFC 5280 sections 4.2.1.1 and 4.2.1.2). Total. */
final class KeyIdentifiers {
  private static final String AUTHORITY = "2.5.29.35";
  private static final String SUBJECT = "2.5.29.14";
  private static final int KEY_IDENTIFIER = 0x80;

  private KeyIdentifiers() {}

  /** True unless the certificate says that another key has signed it. */
  static boolean fit(X509Certificate certificate, X509Certificate issuer) {
    Optional<byte[]> wanted = authority(certificate.getExtensionValue(AUTHORITY));
    Optional<byte[]> has = subject(issuer.getExtensionValue(SUBJECT));
    return wanted.isEmpty() || has.isEmpty() || Arrays.equals(wanted.get(), has.get());
  }

  private static Optional<byte[]> authority(byte @Nullable [] extension) {
    try {
      if (extension == null) {
        return Optional.empty();
      }
      DerReader identifier =
          new DerReader(new DerReader(extension).octets()).enter(DerReader.SEQUENCE);
      return identifier.peek() == KEY_IDENTIFIER
          ? Optional.of(identifier.next().rest())
          : Optional.empty();
    } catch (DerException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> subject(byte @Nullable [] extension) {
    try {
      return extension == null
          ? Optional.empty()
          : Optional.of(new DerReader(new DerReader(extension).octets()).octets());
    } catch (DerException malformed) {
      return Optional.empty();
    }
  }
}
