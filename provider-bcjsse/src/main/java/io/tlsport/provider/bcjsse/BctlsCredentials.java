package io.tlsport.provider.bcjsse;

import io.tlsport.spi.Identity;
import java.io.IOException;
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
  private final Optional<byte[]> staple;

  private BctlsCredentials(
      JcaTlsCrypto crypto, Identity identity, TlsCertificate[] chain, Optional<byte[]> staple) {
    this.crypto = crypto;
    this.identity = identity;
    this.chain = chain;
    this.staple = staple;
  }

  static BctlsCredentials of(JcaTlsCrypto crypto, Identity identity) {
    return new BctlsCredentials(
        crypto,
        identity,
        identity.chain().stream()
            .map(certificate -> new JcaTlsCertificate(crypto, certificate))
            .toArray(TlsCertificate[]::new),
        Optional.empty());
  }

  /** The same, with an OCSP response beside the certificate, for one handshake of TLS 1.3. */
  BctlsCredentials withStaple(Optional<byte[]> response) {
    return new BctlsCredentials(crypto, identity, chain, response);
  }

  BctlsKey key() {
    return new BctlsKey(identity.keyAlgorithm(), identity.certificate().getPublicKey());
  }

  List<X509Certificate> chain() {
    return identity.chain();
  }

  /** The chain as a message of TLS 1.2 and older. */
  Certificate certificate() {
    return new Certificate(chain.clone());
  }

  /** For RSA key exchange: it decrypts. */
  TlsCredentials decryptor() {
    return new JceDefaultTlsCredentialedDecryptor(crypto, certificate(), identity.key());
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
    CertificateEntry[] entries =
        Arrays.stream(chain)
            .map(certificate -> new CertificateEntry(certificate, null))
            .toArray(CertificateEntry[]::new);
    staple.ifPresent(
        response -> entries[0] = new CertificateEntry(chain[0], BctlsStaple.extension(response)));
    return entries;
  }

  /** As {@link #signer}, with the first scheme that the peer takes. */
  TlsCredentialedSigner signer(
      TlsContext context, List<Integer> ours, @Nullable Vector<?> peer, byte @Nullable [] request)
      throws IOException {
    Optional<Integer> scheme =
        BctlsSchemes.choose(key(), BctlsVersions.isTls13(context.getServerVersion()), ours, peer);
    if (scheme.isEmpty()) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no common signature scheme");
    }
    return signer(context, scheme.get(), request);
  }
}
