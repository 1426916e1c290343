package io.tlsport.provider.bcjsse;

import io.tlsport.spi.KeyingMaterial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoUtils;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * What exporters are made from. Bouncy Castle exports inside its last callback only and then
 * forgets its secrets, so a copy of the one that counts is kept.
 */
final class BctlsKeyingMaterial implements KeyingMaterial {
  private static final int RANDOM = 32;
  private static final int LENGTH = 2;

  private final JcaTlsCrypto crypto;
  private final boolean tls13;
  private final boolean allowed;
  private final TlsSecret secret;
  private final int prf;
  private final int hash;
  private final int hashLength;
  private final byte[] randoms;

  /** Takes what it needs while the parameters are whole. */
  BctlsKeyingMaterial(JcaTlsCrypto crypto, SecurityParameters parameters) {
    this.crypto = crypto;
    this.tls13 = BctlsVersions.isTls13(parameters.getNegotiatedVersion());
    this.allowed = tls13 || parameters.isExtendedMasterSecret();
    this.secret =
        crypto.adoptSecret(
            tls13 ? parameters.getExporterMasterSecret() : parameters.getMasterSecret());
    this.prf = parameters.getPRFAlgorithm();
    this.hash = parameters.getPRFCryptoHashAlgorithm();
    this.hashLength = parameters.getPRFHashLength();
    this.randoms =
        ByteBuffer.allocate(2 * RANDOM)
            .put(parameters.getClientRandom())
            .put(parameters.getServerRandom())
            .array();
  }

  @Override
  public synchronized Optional<byte[]> export(String label, Optional<byte[]> context, int length)
      throws SSLException {
    if (!secret.isAlive()) {
      return Optional.empty();
    }
    if (!allowed) {
      throw new SSLException("it has no extended master secret (RFC 7627)");
    }
    try {
      return Optional.of(tls13 ? expand(label, context, length) : derive(label, context, length));
    } catch (IOException failed) {
      throw new SSLException("Bouncy Castle cannot export: " + failed.getMessage(), failed);
    }
  }

  /** RFC 5705 section 4. */
  private byte[] derive(String label, Optional<byte[]> context, int length) {
    byte[] seed =
        context
            .map(
                bytes ->
                    ByteBuffer.allocate(randoms.length + LENGTH + bytes.length)
                        .put(randoms)
                        .putShort((short) bytes.length)
                        .put(bytes)
                        .array())
            .orElse(randoms);
    return secret.deriveUsingPRF(prf, label, seed, length).extract();
  }

  /** RFC 8446 section 7.5. */
  private byte[] expand(String label, Optional<byte[]> context, int length) throws IOException {
    byte[] nothing = TlsUtils.EMPTY_BYTES;
    TlsSecret labelled =
        TlsCryptoUtils.hkdfExpandLabel(secret, hash, label, digest(nothing), hashLength);
    byte[] hashed = digest(context.orElse(nothing));
    return TlsCryptoUtils.hkdfExpandLabel(labelled, hash, "exporter", hashed, length).extract();
  }

  private byte[] digest(byte[] bytes) {
    var digest = crypto.createHash(hash);
    digest.update(bytes, 0, bytes.length);
    return digest.calculateHash();
  }

  /** Forgets the secret. */
  synchronized void destroy() {
    secret.destroy();
  }
}
