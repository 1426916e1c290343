package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.nio.ByteBuffer;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For which certificates a revocation list speaks (RFC 5280 section 5.2.5). A list that is a part
 * of one, or that cannot be understood, speaks for none: its silence must not acquit. Total.
 */
final class CrlScope {
  private static final String DELTA = "2.5.29.27";
  private static final String ISSUING_POINT = "2.5.29.28";
  private static final String DISTRIBUTION_POINTS = "2.5.29.31";
  private static final Set<String> UNDERSTOOD = Set.of(ISSUING_POINT);

  private static final int POINT = 0xa0;
  private static final int FULL_NAME = 0xa0;
  private static final int USERS_ONLY = 0x81;
  private static final int AUTHORITIES_ONLY = 0x82;

  private CrlScope() {}

  /** True if the certificate would be in the list if it were revoked. */
  static boolean covers(X509CRL crl, X509Certificate certificate) {
    Set<String> critical = crl.getCriticalExtensionOIDs();
    if ((critical != null && !UNDERSTOOD.containsAll(critical))
        || crl.getExtensionValue(DELTA) != null) {
      return false;
    }
    byte[] scope = crl.getExtensionValue(ISSUING_POINT);
    try {
      return scope == null || covers(sequence(scope), certificate);
    } catch (DerException malformed) {
      return false;
    }
  }

  private static boolean covers(DerReader scope, X509Certificate certificate) throws DerException {
    boolean isAuthority = certificate.getBasicConstraints() >= 0;
    boolean covers = true;
    while (!scope.isEmpty()) {
      int tag = scope.peek();
      DerReader field = scope.next();
      covers &=
          switch (tag) {
            case POINT -> names(field).stream().anyMatch(pointsOf(certificate)::contains);
            case USERS_ONLY -> !isAuthority || isFalse(field);
            case AUTHORITIES_ONLY -> isAuthority || isFalse(field);
            // Some reasons only, other issuers too, attribute certificates.
            default -> isFalse(field);
          };
    }
    return covers;
  }

  private static boolean isFalse(DerReader field) {
    byte[] value = field.rest();
    return value.length == 1 && value[0] == 0;
  }

  /** Where the certificate says that its revocation would be published. */
  private static Set<ByteBuffer> pointsOf(X509Certificate certificate) throws DerException {
    Set<ByteBuffer> found = new HashSet<>();
    byte @Nullable [] extension = certificate.getExtensionValue(DISTRIBUTION_POINTS);
    DerReader points = extension == null ? new DerReader(new byte[0]) : sequence(extension);
    while (!points.isEmpty()) {
      DerReader point = points.enter(DerReader.SEQUENCE);
      if (point.peek() == POINT) {
        found.addAll(names(point.next()));
      }
    }
    return found;
  }

  /** The general names of a full distribution point name, as bytes; none for a relative one. */
  private static Set<ByteBuffer> names(DerReader name) throws DerException {
    Set<ByteBuffer> found = new HashSet<>();
    if (name.peek() == FULL_NAME) {
      DerReader names = name.next();
      while (!names.isEmpty()) {
        found.add(ByteBuffer.wrap(names.raw()));
      }
    }
    return found;
  }

  private static DerReader sequence(byte[] extension) throws DerException {
    return new DerReader(new DerReader(extension).octets()).enter(DerReader.SEQUENCE);
  }
}
