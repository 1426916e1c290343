package io.tlsport.core.credentials;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.util.HashSet;
import java.util.Set;

/** What OpenSSL writes behind a certificate that it calls trusted ({@code X509_CERT_AUX}). */
final class TrustSettings {
  private static final String ANY = "2.5.29.37.0";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final int REJECTED = 0xa0;

  private TrustSettings() {}

  /** True unless they limit the trust to some purposes of TLS, or reject one. */
  static boolean allowEveryPurpose(DerReader settings) throws DerException {
    if (settings.isEmpty()) {
      return true;
    }
    DerReader fields = settings.enter(DerReader.SEQUENCE);
    Set<String> trusted = new HashSet<>();
    boolean limited = fields.peek() == DerReader.SEQUENCE;
    if (limited) {
      DerReader purposes = fields.next();
      while (!purposes.isEmpty()) {
        trusted.add(purposes.oid());
      }
    }
    boolean rejects = fields.peek() == REJECTED;
    boolean every = trusted.contains(ANY) || trusted.containsAll(Set.of(SERVER, CLIENT));
    return !rejects && (!limited || every);
  }
}
