package io.tlsport.core.policy.signature;

import io.tlsport.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/** The signature schemes that a client and a server have in common, as OpenSSL tells them. */
public final class SharedSchemes {
  private SharedSchemes() {}

  /**
   * OpenSSL's two words for each, most wanted first, such as {@code RSA-PSS+SHA256}; empty before
   * TLS 1.2, which has no schemes. Those that TLS 1.3 has for certificates only are among them.
   *
   * @param offered the client's, by number, in its order
   * @param ours by IANA name, most wanted first
   * @param ourOrder false: the client's order decides
   */
  public static List<String> of(
      List<Integer> offered, List<String> ours, ProtocolVersion version, boolean ourOrder) {
    if (version.compareTo(ProtocolVersion.TLS_1_2) < 0) {
      return List.of();
    }
    List<SignatureScheme> known =
        ours.stream().map(SignatureScheme::byName).flatMap(Optional::stream).toList();
    List<SignatureScheme> shared =
        ourOrder
            ? known.stream().filter(scheme -> offered.contains(scheme.code())).toList()
            : offered.stream()
                .distinct()
                .flatMap(code -> known.stream().filter(scheme -> scheme.code() == code))
                .toList();
    return shared.stream().map(SignatureScheme::words).toList();
  }
}
