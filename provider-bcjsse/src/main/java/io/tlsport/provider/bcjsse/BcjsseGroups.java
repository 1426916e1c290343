package io.tlsport.provider.bcjsse;

import java.util.List;
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
    return Stream.concat((fipsModule ? APPROVED : ALL).stream(), FINITE_FIELDS.stream()).toList();
  }
}
