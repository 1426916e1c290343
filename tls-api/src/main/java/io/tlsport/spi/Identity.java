package io.tlsport.spi;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and its certificate chain, leaf first; never empty. The key may be one that cannot
 * be exported.
 *
 * @param key the private key
 * @param chain as it is sent to the peer
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  /** Keeps a copy of the chain. */
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("an identity needs its certificate");
    }
  }

  /** By the leaf alone, which keeps its own: keys and chains would be encoded anew. */
  @Override
  public int hashCode() {
    return certificate().hashCode();
  }

  /** The leaf. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * The JCA's name of what the leaf's key is for: {@code RSA}, {@code RSASSA-PSS}, {@code EC},
   * {@code EdDSA} and so on. Unlike the key's own name it tells RSA keys that are for RSASSA-PSS
   * alone on every provider.
   */
  public String keyAlgorithm() {
    return CertifiedKey.algorithm(certificate());
  }
}
