package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys and digests that are good enough: OpenSSL's security level 2, 112 bits. */
final class Strength {
  private static final int SMALLEST_RSA = 2048;
  private static final int SMALLEST_EC = 224;

  /** Checking a signature costs more with every bit, and the peer chooses how many. */
  private static final int LARGEST_RSA = 8192;

  private static final Set<String> WEAK_DIGESTS = Set.of("SHA1", "SHA", "MD5", "MD2");
  private static final int PSS_HASH = 0xa0;
  private static final Set<String> WEAK_DIGEST_OIDS =
      Set.of("1.3.14.3.2.26", "1.2.840.113549.2.5", "1.2.840.113549.2.2");

  private Strength() {}

  /** Wrong with the leaf's key, before anything else is looked at. */
  static Optional<AuthorizationError> ofLeaf(X509Certificate leaf) {
    return tooSmall(leaf.getPublicKey())
        ? Optional.of(OpenSslMessages.error(ErrorCode.EE_KEY_TOO_SMALL, 0))
        : Optional.empty();
  }

  /** Wrong with the keys of the authorities, or with signatures below the anchor's. */
  static List<AuthorizationError> ofPath(List<X509Certificate> path) {
    List<AuthorizationError> found = new ArrayList<>();
    for (int depth = 0; depth < path.size(); depth++) {
      if (depth > 0 && tooSmall(path.get(depth).getPublicKey())) {
        found.add(OpenSslMessages.error(ErrorCode.CA_KEY_TOO_SMALL, depth));
      }
      if (depth < path.size() - 1 && weakDigest(path.get(depth))) {
        found.add(OpenSslMessages.error(ErrorCode.CA_MD_TOO_WEAK, depth));
      }
    }
    return found;
  }

  /** True for a key that would cost a peer nothing and us much. */
  static boolean tooLarge(PublicKey key) {
    return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() > LARGEST_RSA;
  }

  private static boolean tooSmall(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() < SMALLEST_RSA;
    }
    if (key instanceof DSAPublicKey dsa) {
      return dsa.getParams() == null || dsa.getParams().getP().bitLength() < SMALLEST_RSA;
    }
    return key instanceof ECPublicKey ec
        && ec.getParams().getCurve().getField().getFieldSize() < SMALLEST_EC;
  }

  private static boolean weakDigest(X509Certificate certificate) {
    if (CertificateSignatures.isPss(certificate.getSigAlgName())) {
      return weakPss(certificate.getSigAlgParams());
    }
    String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    int with = name.indexOf("WITH");
    return with > 0 && WEAK_DIGESTS.contains(name.substring(0, with));
  }

  /** Without a digest in its parameters, RSASSA-PSS means SHA-1 (RFC 4055 section 3.1). */
  private static boolean weakPss(byte @Nullable [] parameters) {
    try {
      if (parameters == null) {
        return true;
      }
      DerReader fields = new DerReader(parameters).enter(DerReader.SEQUENCE);
      return fields.peek() != PSS_HASH
          || WEAK_DIGEST_OIDS.contains(fields.next().enter(DerReader.SEQUENCE).oid());
    } catch (DerException malformed) {
      return true;
    }
  }
}
