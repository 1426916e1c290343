package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Identity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/** What the engines of one context share: cryptography, defaults, credentials. */
final class BctlsContext {
  private final JcaTlsCrypto crypto;
  private final List<Integer> defaultGroups;
  private final List<Integer> defaultSchemes;
  private final Map<Identity, BctlsCredentials> credentials = new ConcurrentHashMap<>();

  BctlsContext(JcaTlsCrypto crypto, List<String> groups, List<String> schemes) {
    this.crypto = crypto;
    this.defaultGroups = BctlsGroups.codes(groups);
    this.defaultSchemes = BctlsSchemes.codes(schemes);
  }

  JcaTlsCrypto crypto() {
    return crypto;
  }

  BctlsCredentials credentials(Identity identity) {
    return credentials.computeIfAbsent(identity, one -> BctlsCredentials.of(crypto, one));
  }

  List<Integer> groups(List<String> chosen) {
    return chosen.isEmpty() ? defaultGroups : BctlsGroups.codes(chosen);
  }

  List<Integer> schemes(List<String> chosen) {
    return chosen.isEmpty() ? defaultSchemes : BctlsSchemes.codes(chosen);
  }
}
