package io.tlsport.provider.bcjsse;

import io.tlsport.ProtocolVersion;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The groups that BC-JSSE negotiates, as its probes showed; it has no list to ask for. */
final class BcjsseGroups {
  private static final List<String> FINITE_FIELDS =
      List.of("ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192");
  private static final List<String> APPROVED = List.of("secp256r1", "secp384r1", "secp521r1");
  private static final List<String> ALL =
      List.of(
          "X25519MLKEM768",
          "SecP256r1MLKEM768",
          "SecP384r1MLKEM1024",
          "x25519",
          "x448",
          "secp256r1",
          "secp384r1",
          "secp521r1");

  private BcjsseGroups() {}

  static List<String> names(boolean fipsModule) {
    return Stream.concat((fipsModule ? APPROVED : ALL).stream(), FINITE_FIELDS.stream())
        .filter(name -> BouncyCastle.knowsHybrids() || !name.contains("MLKEM"))
        .toList();
  }

  /** In TLS 1.3 it takes the groups for a limit on the curves of keys that sign, too. */
  static Optional<String> refusal(
      PublicKey key, List<ProtocolVersion> versions, List<String> groups) {
    if (!(key instanceof ECPublicKey ec)
        || groups.isEmpty()
        || !versions.contains(ProtocolVersion.TLS_1_3)) {
      return Optional.empty();
    }
    String curve = "secp" + ec.getParams().getCurve().getField().getFieldSize() + "r1";
    return groups.contains(curve)
        ? Optional.empty()
        : Optional.of(
            "BC-JSSE signs in TLS 1.3 only over curves that ecdhCurve names: add "
                + curve
                + " there, give an RSA key, set maxVersion to TLSv1.2, or use bctls");
  }
}
