package io.tlsport.spi.jsse;

import io.tlsport.spi.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one identity, whatever issuers the peer names: OpenSSL and Node do not look at them either.
 */
// jspecify is for the compiler only: `requires static`.
@SuppressWarnings("exports")
public final class SingleIdentityKeyManager extends X509ExtendedKeyManager {
  private static final String ALIAS = "identity";

  private final Identity identity;
  private final String algorithm;

  /** A manager of that identity. */
  public SingleIdentityKeyManager(Identity identity) {
    this.identity = identity;
    this.algorithm = identity.keyAlgorithm();
  }

  /**
   * Engines ask with key types of their own making: {@code RSA}, {@code KE:RSA}, {@code
   * ECDHE_ECDSA}, {@code EC/secp256r1}, {@code Ed25519}.
   */
  private boolean fits(String keyType) {
    String type = keyType.toUpperCase(Locale.ROOT);
    return switch (algorithm) {
      case "RSA" -> type.equals("RSA") || type.equals("KE:RSA") || type.endsWith("_RSA");
      case "RSASSA-PSS" -> type.equals("RSASSA-PSS");
      case "EC" -> type.equals("EC") || type.startsWith("EC/") || type.endsWith("_ECDSA");
      default -> type.equals(algorithm.toUpperCase(Locale.ROOT)) || type.equals(curve());
    };
  }

  /** Some engines name the Edwards curve, where its key says {@code EdDSA}. */
  private @Nullable String curve() {
    return identity.certificate().getPublicKey() instanceof EdECKey edwards
        ? edwards.getParams().getName().toUpperCase(Locale.ROOT)
        : null;
  }

  private @Nullable String alias(String @Nullable [] keyTypes) {
    if (keyTypes != null) {
      for (String keyType : keyTypes) {
        if (fits(keyType)) {
          return ALIAS;
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return fits(keyType) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyTypes);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return fits(keyType) ? ALIAS : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return fits(keyType) ? new String[] {ALIAS} : null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return fits(keyType) ? new String[] {ALIAS} : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return ALIAS.equals(alias) ? identity.chain().toArray(new X509Certificate[0]) : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return ALIAS.equals(alias) ? identity.key() : null;
  }
}
