package io.tlsport.core.policy.verify;

import io.tlsport.AuthorizationError;
import io.tlsport.ErrorCode;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys and digests that are good enough for one of OpenSSL's security levels (its manual page
 * {@code SSL_CTX_set_security_level(3)}).
 */
public final class Strength {
  private static final int HIGHEST = 5;
  private static final int[] BITS = {0, 80, 112, 128, 192, 256};
  private static final int[] SMALLEST_RSA = {0, 1024, 2048, 3072, 7680, 15360};

  /** Checking a signature costs more with every bit, and the peer chooses how many. */
  private static final int ED25519_BITS = 128;

  private static final int ED448_BITS = 224;

  /** What is not named here is good enough for every level. */
  private static final Map<String, Integer> DIGEST_BITS =
      Map.of(
          "MD2", 39, "MD5", 39, "SHA1", 63, "SHA", 63, "SHA224", 112, "SHA256", 128, "SHA384", 192);

  private static final int PSS_HASH = 0xa0;
  private static final Map<String, Integer> DIGEST_BITS_BY_OID =
      Map.of(
          "1.3.14.3.2.26", 63,
          "1.2.840.113549.2.5", 39,
          "1.2.840.113549.2.2", 39,
          "2.16.840.1.101.3.4.2.4", 112,
          "2.16.840.1.101.3.4.2.1", 128,
          "2.16.840.1.101.3.4.2.2", 192);

  private final int level;

  private Strength(int level) {
    this.level = level;
  }

  /** For a level from 0 to 5. */
  public static Strength ofLevel(int level) {
    if (level < 0 || level > HIGHEST) {
      throw new IllegalArgumentException("no security level " + level);
    }
    return new Strength(level);
  }

  /** What is wrong with a chain of our own, leaf first; the leaf's key is looked at too. */
  public Optional<AuthorizationError> ofOwn(List<X509Certificate> chain) {
    X509Certificate last = chain.get(chain.size() - 1);
    boolean selfIssued = last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
    return ofLeaf(chain.get(0)).or(() -> ofPath(chain, selfIssued ? 1 : 0).stream().findFirst());
  }

  /** Wrong with the leaf's key, before anything else is looked at. */
  Optional<AuthorizationError> ofLeaf(X509Certificate leaf) {
    return tooSmall(leaf.getPublicKey())
        ? Optional.of(error(ErrorCode.EE_KEY_TOO_SMALL, 0, described(leaf.getPublicKey())))
        : Optional.empty();
  }

  /** Wrong with the keys of the authorities, or with signatures below the anchor's. */
  List<AuthorizationError> ofPath(List<X509Certificate> path) {
    return ofPath(path, 1);
  }

  /** The signatures of that many at the end do not count. */
  private List<AuthorizationError> ofPath(List<X509Certificate> path, int anchors) {
    List<AuthorizationError> found = new ArrayList<>();
    for (int depth = 0; depth < path.size(); depth++) {
      X509Certificate certificate = path.get(depth);
      if (depth > 0 && tooSmall(certificate.getPublicKey())) {
        found.add(error(ErrorCode.CA_KEY_TOO_SMALL, depth, described(certificate.getPublicKey())));
      }
      if (depth < path.size() - anchors && digestBits(certificate) < BITS[level]) {
        found.add(error(ErrorCode.CA_MD_TOO_WEAK, depth, certificate.getSigAlgName()));
      }
    }
    return found;
  }

  /** OpenSSL's sentence, then what the rule is and how to change it. */
  private AuthorizationError error(ErrorCode code, int depth, String found) {
    return OpenSslMessages.error(
        code,
        depth,
        String.format(
            Locale.ROOT,
            " (%s; security level %d asks for %d bits of security, which is RSA with %d; ciphers"
                + " with @SECLEVEL=0 would accept it)",
            found,
            level,
            BITS[level],
            SMALLEST_RSA[level]));
  }

  /** Kind and size of a key, in words. */
  public static String described(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA with " + rsa.getModulus().bitLength() + " bits";
    }
    return key instanceof ECPublicKey ec
        ? "EC with " + ec.getParams().getCurve().getField().getFieldSize() + " bits"
        : key.getAlgorithm();
  }

  /** The size of a key by which a peer decides what its signatures cost us; 0 where it does not. */
  static int bits(PublicKey key) {
    return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
  }

  private boolean tooSmall(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() < SMALLEST_RSA[level];
    }
    if (key instanceof DSAPublicKey dsa) {
      return level > 0
          && (dsa.getParams() == null || dsa.getParams().getP().bitLength() < SMALLEST_RSA[level]);
    }
    if (key instanceof ECPublicKey ec) {
      return ec.getParams().getCurve().getField().getFieldSize() / 2 < BITS[level];
    }
    return edwardsBits(key) < BITS[level];
  }

  private static int edwardsBits(PublicKey key) {
    boolean large =
        key instanceof EdECPublicKey edwards
            ? edwards.getParams().getName().equals("Ed448")
            : key.getAlgorithm().equals("Ed448");
    return large ? ED448_BITS : ED25519_BITS;
  }

  private static int digestBits(X509Certificate certificate) {
    if (CertificateSignatures.isPss(certificate.getSigAlgName())) {
      return pssBits(certificate.getSigAlgParams());
    }
    String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    int with = name.indexOf("WITH");
    String digest = with > 0 ? name.substring(0, with) : name;
    return switch (digest) {
      case "ED25519", "EDDSA" -> ED25519_BITS;
      case "ED448" -> ED448_BITS;
      default -> DIGEST_BITS.getOrDefault(digest, BITS[HIGHEST]);
    };
  }

  /** Without a digest in its parameters, RSASSA-PSS means SHA-1 (RFC 4055 section 3.1). */
  private static int pssBits(byte @Nullable [] parameters) {
    try {
      if (parameters == null) {
        return DIGEST_BITS.getOrDefault("SHA1", 0);
      }
      DerReader fields = new DerReader(parameters).enter(DerReader.SEQUENCE);
      return fields.peek() == PSS_HASH
          ? DIGEST_BITS_BY_OID.getOrDefault(
              fields.next().enter(DerReader.SEQUENCE).oid(), BITS[HIGHEST])
          : DIGEST_BITS.getOrDefault("SHA1", 0);
    } catch (DerException malformed) {
      return 0;
    }
  }
}
