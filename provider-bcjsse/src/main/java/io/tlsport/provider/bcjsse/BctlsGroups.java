package io.tlsport.provider.bcjsse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsCrypto;

/** Key-exchange groups by the names of IANA, most wanted first. */
final class BctlsGroups {
  private static final Map<String, Integer> GROUPS = new LinkedHashMap<>();
  private static final List<String> APPROVED =
      List.of(
          "secp256r1",
          "secp384r1",
          "secp521r1",
          "ffdhe2048",
          "ffdhe3072",
          "ffdhe4096",
          "ffdhe6144",
          "ffdhe8192");

  static {
    GROUPS.put("X25519MLKEM768", NamedGroup.X25519MLKEM768);
    GROUPS.put("x25519", NamedGroup.x25519);
    GROUPS.put("secp256r1", NamedGroup.secp256r1);
    GROUPS.put("secp384r1", NamedGroup.secp384r1);
    GROUPS.put("x448", NamedGroup.x448);
    GROUPS.put("secp521r1", NamedGroup.secp521r1);
    GROUPS.put("SecP256r1MLKEM768", NamedGroup.SecP256r1MLKEM768);
    GROUPS.put("SecP384r1MLKEM1024", NamedGroup.SecP384r1MLKEM1024);
    GROUPS.put("ffdhe2048", NamedGroup.ffdhe2048);
    GROUPS.put("ffdhe3072", NamedGroup.ffdhe3072);
    GROUPS.put("ffdhe4096", NamedGroup.ffdhe4096);
    GROUPS.put("ffdhe6144", NamedGroup.ffdhe6144);
    GROUPS.put("ffdhe8192", NamedGroup.ffdhe8192);
  }

  private BctlsGroups() {}

  /** The names that can be chosen. */
  static List<String> names(TlsCrypto crypto, boolean fipsModule) {
    return GROUPS.keySet().stream()
        .filter(name -> !fipsModule || APPROVED.contains(name))
        .filter(name -> has(crypto, code(name)))
        .toList();
  }

  /** Of a hybrid the cryptography knows the halves only. */
  private static boolean has(TlsCrypto crypto, int group) {
    return NamedGroup.refersToASpecificHybrid(group)
        ? crypto.hasNamedGroup(NamedGroup.getHybridFirst(group))
            && crypto.hasNamedGroup(NamedGroup.getHybridSecond(group))
        : crypto.hasNamedGroup(group);
  }

  /** Their codes. */
  static List<Integer> codes(List<String> names) {
    return names.stream().map(BctlsGroups::code).toList();
  }

  private static int code(String name) {
    Integer code = GROUPS.get(name);
    if (code == null) {
      throw new IllegalArgumentException("no such group: " + name);
    }
    return code;
  }

  static String name(int code) {
    return GROUPS.entrySet().stream()
        .filter(group -> group.getValue() == code)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> NamedGroup.getName(code));
  }

  /** The groups for which a client sends a key share at once: a hybrid's classical half too. */
  static List<Integer> early(List<Integer> offered) {
    int first = offered.get(0);
    return first == NamedGroup.X25519MLKEM768 && offered.contains(NamedGroup.x25519)
        ? List.of(first, NamedGroup.x25519)
        : List.of(first);
  }
}
