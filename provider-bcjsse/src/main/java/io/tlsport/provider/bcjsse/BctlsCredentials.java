package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Identity;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JceDefaultTlsCredentialedDecryptor;
import org.jspecify.annotations.Nullable;

/** An identity in Bouncy Castle's form; made once, used by any number of handshakes. */
final class BctlsCredentials {
  private final JcaTlsCrypto crypto;
  private final Identity identity;
  private final TlsCertificate[] chain;

  private BctlsCredentials(JcaTlsCrypto crypto, Identity identity, TlsCertificate[] chain) {
    this.crypto = crypto;
    this.identity = identity;
    this.chain = chain;
  }

  static BctlsCredentials of(JcaTlsCrypto crypto, Identity identity) {
    return new BctlsCredentials(
        crypto,
        identity,
        identity.chain().stream()
            .map(certificate -> new JcaTlsCertificate(crypto, certificate))
            .toArray(TlsCertificate[]::new));
  }

  PublicKey publicKey() {
    return identity.certificate().getPublicKey();
  }

  List<X509Certificate> chain() {
    return identity.chain();
  }

  /** For TLS 1.0 to 1.2: it signs, or with RSA key exchange it decrypts. */
  TlsCredentials decryptor() {
    return new JceDefaultTlsCredentialedDecryptor(
        crypto, new Certificate(chain.clone()), identity.key());
  }

  /**
   * It signs with the scheme, which before TLS 1.2 is none.
   *
   * @param request the context of a TLS 1.3 client's certificate request; null for TLS 1.2
   */
  TlsCredentialedSigner signer(
      TlsContext context, @Nullable Integer scheme, byte @Nullable [] request) {
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        identity.key(),
        request == null ? new Certificate(chain.clone()) : new Certificate(request, entries()),
        scheme == null ? null : SignatureScheme.getSignatureAndHashAlgorithm(scheme));
  }

  private CertificateEntry[] entries() {
    return Arrays.stream(chain)
        .map(certificate -> new CertificateEntry(certificate, null))
        .toArray(CertificateEntry[]::new);
  }

  /** As {@link #signer}, with the first scheme that the peer takes. */
  TlsCredentialedSigner signer(
      TlsContext context, List<Integer> ours, @Nullable Vector<?> peer, byte @Nullable [] request)
      throws IOException {
    Optional<Integer> scheme =
        BctlsSchemes.choose(
            publicKey(), BctlsVersions.isTls13(context.getServerVersion()), ours, peer);
    if (scheme.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no common signature scheme");
    }
    return signer(context, scheme.get(), request);
  }
}
