package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Identity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/** What the engines of one context share: cryptography, defaults, credentials. */
final class BctlsContext {
  private final JcaTlsCrypto crypto;
  private final ForeignKeys keys;
  private final boolean approved;
  private final List<Integer> defaultGroups;
  private final List<Integer> defaultSchemes;
  private final Map<Identity, BctlsCredentials> credentials = new ConcurrentHashMap<>();

  /**
   * What they share.
   *
   * @param approved nothing but what FIPS approves
   */
  BctlsContext(
      JcaTlsCrypto crypto,
      ForeignKeys keys,
      boolean approved,
      List<String> groups,
      List<String> schemes) {
    this.crypto = crypto;
    this.keys = keys;
    this.approved = approved;
    this.defaultGroups = BctlsGroups.codes(groups);
    this.defaultSchemes = BctlsSchemes.codes(schemes);
  }

  /** True if nothing is done but what FIPS approves. */
  boolean approved() {
    return approved;
  }

  JcaTlsCrypto crypto() {
    return crypto;
  }

  BctlsCredentials credentials(Identity identity) {
    return credentials.computeIfAbsent(
        identity, one -> BctlsCredentials.of(crypto, keys.known(one)));
  }

  List<Integer> groups(List<String> chosen) {
    return chosen.isEmpty() ? defaultGroups : BctlsGroups.codes(chosen);
  }

  List<Integer> schemes(List<String> chosen) {
    return chosen.isEmpty() ? defaultSchemes : BctlsSchemes.codes(chosen);
  }
}
