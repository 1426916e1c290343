package io.tlsport.core.policy.fips;

import io.tlsport.EphemeralKeyInfo;
import io.tlsport.FipsStatus.Part;
import io.tlsport.ProtocolVersion;
import io.tlsport.core.policy.cipher.CipherSuite;
import io.tlsport.core.policy.cipher.CipherTable;
import io.tlsport.core.policy.group.NamedGroup;
import io.tlsport.core.policy.signature.SignatureScheme;
import io.tlsport.core.policy.verify.Strength;
import io.tlsport.spi.Identity;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rules of NIST SP 800-52r2 as far as they can be told from names and keys. That a module is
 * validated, and computes what it says, is not told by them.
 */
public final class ApprovedTls {
  /** 112 bits of security: OpenSSL's level of it. */
  private static final int LEAST_LEVEL = 2;

  private static final int SMALLEST_RSA = 2048;

  private static final Set<String> CURVES = Set.of("secp256r1", "secp384r1", "secp521r1");

  /** The fields of these curves, which no other curve in use has. */
  private static final Set<BigInteger> PRIMES =
      Set.of(
          prime("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
          prime("f".repeat(63) + "e" + "ffffffff0000000000000000ffffffff"),
          BigInteger.TWO.pow(521).subtract(BigInteger.ONE));

  private ApprovedTls() {}

  private static BigInteger prime(String hex) {
    return new BigInteger(hex, 16);
  }

  /**
   * What may be negotiated.
   *
   * @param versions enabled ones
   * @param suites by IANA's names
   * @param groups by IANA's names
   * @param schemes signature schemes by IANA's names
   * @param level OpenSSL's security level, by which peers' certificates are judged
   */
  public static List<Part> of(
      List<ProtocolVersion> versions,
      List<String> suites,
      List<String> groups,
      List<String> schemes,
      int level) {
    return List.of(
        all(
            "versions",
            versions,
            version -> version.compareTo(ProtocolVersion.TLS_1_2) >= 0,
            "enable TLSv1.2 and TLSv1.3 alone"),
        all(
            "cipher suites",
            suites,
            ApprovedTls::suite,
            "ciphers may select AES with ECDHE, DHE or PSK, and no others"),
        all(
            "groups",
            groups,
            ApprovedTls::group,
            "ecdhCurve may name P-256, P-384 and P-521, dhparam a group of RFC 7919"),
        all(
            "signature schemes",
            schemes,
            ApprovedTls::scheme,
            "sigalgs may name RSA and ECDSA with SHA-256, SHA-384 and SHA-512"),
        level >= LEAST_LEVEL
            ? Part.yes("security level " + level)
            : Part.no(
                "security level "
                    + level
                    + " lets certificates of less than 112 bits of security pass: 2 is the least"));
  }

  private static <T> Part all(String what, List<T> enabled, Predicate<T> approved, String mend) {
    List<T> others = enabled.stream().filter(approved.negate()).toList();
    return others.isEmpty()
        ? Part.yes(what + ": " + text(enabled))
        : Part.no(what + ": " + text(others) + " not approved; " + mend);
  }

  private static String text(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /**
   * AES with whole tags, keys that are exchanged and not transported, and somebody who is
   * authenticated.
   */
  public static boolean suite(String standardName) {
    return CipherTable.get().byStandardName(standardName).filter(ApprovedTls::suite).isPresent();
  }

  private static boolean suite(CipherSuite suite) {
    return suite.encryption().startsWith("AES")
        && !suite.encryption().equals("AESCCM8")
        && !suite.keyExchange().startsWith("RSA")
        && !suite.keyExchange().startsWith("SRP")
        && !suite.authentication().equals("None")
        && !suite.authentication().equals("DSS")
        && !suite.mac().equals("MD5");
  }

  static boolean group(String standardName) {
    return CURVES.contains(standardName) || NamedGroup.isFiniteField(standardName);
  }

  static boolean scheme(String standardName) {
    return SignatureScheme.byName(standardName)
        .filter(scheme -> !standardName.startsWith("ed"))
        .filter(scheme -> !standardName.endsWith("sha1") && !standardName.endsWith("sha224"))
        .isPresent();
  }

  /** Our certificates: keys that sign, and the signatures on them. */
  public static List<Part> of(List<Identity> identities) {
    List<Part> parts = new ArrayList<>();
    for (Identity identity : identities) {
      String name = "the certificate of " + identity.certificate().getSubjectX500Principal();
      PublicKey key = identity.certificate().getPublicKey();
      parts.add(
          key(key)
              ? Part.yes(name + ": " + Strength.described(key))
              : Part.no(
                  name
                      + ": a key of "
                      + Strength.described(key)
                      + " is not approved (FIPS 186-5); certify RSA with 2048 bits or more, P-256,"
                      + " P-384 or P-521"));
      Strength.ofLevel(LEAST_LEVEL)
          .ofOwn(identity.chain())
          .filter(weak -> key(key) || weak.depth() > 0)
          .ifPresent(weak -> parts.add(Part.no(name + ": " + weak.message())));
    }
    return parts;
  }

  /**
   * What was negotiated.
   *
   * @param suite by IANA's name
   * @param key that the server made, where it is known
   * @param peer its certificate, leaf first; empty if it showed none
   */
  public static List<Part> of(
      ProtocolVersion version,
      String suite,
      Optional<EphemeralKeyInfo> key,
      List<X509Certificate> peer) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part(
            version.compareTo(ProtocolVersion.TLS_1_2) >= 0 && suite(suite),
            "negotiated: " + version + ", " + suite));
    key.flatMap(EphemeralKeyInfo::name)
        .flatMap(NamedGroup::byName)
        .map(NamedGroup::standardName)
        .ifPresent(group -> parts.add(new Part(group(group), "keys exchanged over " + group)));
    peer.stream()
        .findFirst()
        .map(X509Certificate::getPublicKey)
        .ifPresent(
            leaf ->
                parts.add(
                    new Part(key(leaf), "the peer's certificate: " + Strength.described(leaf))));
    return parts;
  }

  private static boolean key(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() >= SMALLEST_RSA;
    }
    return key instanceof ECPublicKey ec
        && ec.getParams().getCurve().getField() instanceof ECFieldFp field
        && PRIMES.contains(field.getP());
  }
}
