package io.tlsport.provider.bcjsse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsCrypto;

/** Key-exchange groups by the names of IANA, most wanted first. */
final class BctlsGroups {
  private static final Map<String, Integer> CURVES = new LinkedHashMap<>();
  private static final List<String> APPROVED = List.of("secp256r1", "secp384r1", "secp521r1");

  /** What a server takes for DHE of TLS 1.2, whatever its curves (RFC 7919). */
  private static final List<Integer> FINITE_FIELDS =
      List.of(NamedGroup.ffdhe2048, NamedGroup.ffdhe3072, NamedGroup.ffdhe4096);

  static {
    CURVES.put("X25519MLKEM768", NamedGroup.X25519MLKEM768);
    CURVES.put("x25519", NamedGroup.x25519);
    CURVES.put("secp256r1", NamedGroup.secp256r1);
    CURVES.put("secp384r1", NamedGroup.secp384r1);
    CURVES.put("x448", NamedGroup.x448);
    CURVES.put("secp521r1", NamedGroup.secp521r1);
    CURVES.put("SecP256r1MLKEM768", NamedGroup.SecP256r1MLKEM768);
    CURVES.put("SecP384r1MLKEM1024", NamedGroup.SecP384r1MLKEM1024);
  }

  private BctlsGroups() {}

  /** The names that can be chosen. */
  static List<String> names(TlsCrypto crypto, boolean fipsModule) {
    return CURVES.keySet().stream()
        .filter(name -> !fipsModule || APPROVED.contains(name))
        .filter(name -> crypto.hasNamedGroup(code(name)))
        .toList();
  }

  /** The codes of an engine: what was chosen, then what DHE of TLS 1.2 needs. */
  static List<Integer> codes(List<String> names) {
    List<Integer> codes = new ArrayList<>(names.size() + FINITE_FIELDS.size());
    names.forEach(name -> codes.add(code(name)));
    codes.addAll(FINITE_FIELDS);
    return codes;
  }

  private static int code(String name) {
    Integer code = CURVES.get(name);
    if (code == null) {
      throw new IllegalArgumentException("no such group: " + name);
    }
    return code;
  }

  static String name(int code) {
    return CURVES.entrySet().stream()
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
