package io.tlsport.core.policy.signature;

import io.tlsport.ProtocolVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The signature schemes that a client and a server have in common, as OpenSSL tells them. */
public final class SharedSchemes {
  private SharedSchemes() {}

  /**
   * Most wanted first, each once; empty before TLS 1.2, which has no schemes. Those that TLS 1.3
   * has for certificates only are among them.
   *
   * @param offered the client's, by number, in its order
   * @param ours by IANA name, most wanted first
   * @param ourOrder false: the client's order decides
   */
  public static List<SignatureScheme> of(
      List<Integer> offered, List<String> ours, ProtocolVersion version, boolean ourOrder) {
    if (version.compareTo(ProtocolVersion.TLS_1_2) < 0) {
      return List.of();
    }
    Set<SignatureScheme> theirs = EnumSet.noneOf(SignatureScheme.class);
    List<SignatureScheme> inTheirOrder = new ArrayList<>();
    for (Integer code : offered) {
      SignatureScheme.byCode(code).filter(theirs::add).ifPresent(inTheirOrder::add);
    }
    Set<SignatureScheme> known = EnumSet.noneOf(SignatureScheme.class);
    List<SignatureScheme> inOurOrder = new ArrayList<>();
    for (String name : ours) {
      SignatureScheme.byName(name).filter(known::add).ifPresent(inOurOrder::add);
    }
    List<SignatureScheme> shared = ourOrder ? inOurOrder : inTheirOrder;
    shared.retainAll(ourOrder ? theirs : known);
    return List.copyOf(shared);
  }

  /** OpenSSL's two words for each, such as {@code RSA-PSS+SHA256}. */
  public static List<String> words(List<SignatureScheme> schemes) {
    return schemes.stream().map(SignatureScheme::words).toList();
  }
}
