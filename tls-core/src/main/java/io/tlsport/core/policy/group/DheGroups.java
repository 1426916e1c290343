package io.tlsport.core.policy.group;

import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which groups of RFC 7919 a server uses for DHE suites. */
public final class DheGroups {
  private static final int FIRST = 256;
  private static final int LAST = 511;

  private DheGroups() {}

  /**
   * {@code dhparam: 'auto'}: the group that is as strong as the strongest of the keys, as OpenSSL
   * measures them.
   *
   * @param keys of the server's certificates
   */
  public static NamedGroup ofKeys(List<PublicKey> keys) {
    OptionalInt bits =
        keys.stream()
            .filter(RSAKey.class::isInstance)
            .mapToInt(key -> ((RSAKey) key).getModulus().bitLength())
            .max();
    int size = bits.orElse(0);
    if (size >= 7680) {
      return NamedGroup.FFDHE8192;
    }
    if (size >= 4096) {
      return NamedGroup.FFDHE4096;
    }
    return size >= 3072 ? NamedGroup.FFDHE3072 : NamedGroup.FFDHE2048;
  }

  /**
   * True if a client may be answered with DHE (RFC 7919 section 4).
   *
   * @param ours IANA names of the groups that are allowed here
   * @param offered numbers of all groups that the client names
   * @param withoutGroups what the engine uses for a client that names no finite field; empty: the
   *     groups that it was given
   */
  public static boolean answers(
      List<String> ours, List<Integer> offered, Optional<String> withoutGroups) {
    List<Integer> finite = offered.stream().filter(code -> code >= FIRST && code <= LAST).toList();
    if (finite.isEmpty()) {
      return withoutGroups.map(ours::contains).orElse(!ours.isEmpty());
    }
    return ours.stream()
        .map(NamedGroup::byName)
        .flatMap(Optional::stream)
        .anyMatch(group -> finite.contains(group.code()));
  }
}
