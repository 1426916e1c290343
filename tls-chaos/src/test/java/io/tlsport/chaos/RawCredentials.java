package io.tlsport.chaos;

import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.Keys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSA13Signer;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;

/**
 * What a peer shows as its certificate, which may be no good, and a signature to prove it.
 *
 * @param certificate its bytes
 * @param keys of P-256, which make a signature
 * @param algorithm what the signature is said to be
 * @param signature what is sent, from what the keys have made; with Ed25519, from what is signed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawCredentials(
    byte[] certificate,
    KeyPair keys,
    SignatureAndHashAlgorithm algorithm,
    UnaryOperator<byte[]> signature) {
  private static final SignatureAndHashAlgorithm ECDSA =
      SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

  /** A certificate of P-256. */
  static RawCredentials of(Made identity, UnaryOperator<byte[]> signature) {
    try {
      return new RawCredentials(
          identity.certificate().getEncoded(), identity.keys(), ECDSA, signature);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** These bytes, and a signature by a key that they do not have. */
  static RawCredentials of(byte[] certificate) {
    return new RawCredentials(certificate, Keys.ec("nobody's"), ECDSA, UnaryOperator.identity());
  }

  /**
   * These bytes, and this in place of a signature of Ed25519.
   *
   * @param signature what is sent, from what is to be signed
   */
  static RawCredentials ed25519(byte[] certificate, UnaryOperator<byte[]> signature) {
    return new RawCredentials(
        certificate, Keys.ec("nobody's"), SignatureAndHashAlgorithm.ed25519, signature);
  }

  /** As Bouncy Castle wants it. */
  TlsCredentialedSigner signer(TlsContext context, BcTlsCrypto crypto) throws IOException {
    boolean new13 = TlsUtils.isTLSv13(context);
    ECPrivateKeyParameters key =
        (ECPrivateKeyParameters) PrivateKeyFactory.createKey(keys.getPrivate().getEncoded());
    TlsSigner honest =
        new13
            ? new BcTlsECDSA13Signer(crypto, key, SignatureScheme.ecdsa_secp256r1_sha256)
            : new BcTlsECDSASigner(crypto, key);
    return new DefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        new Signer(honest, algorithm.getSignature() == SignatureAlgorithm.ed25519, signature),
        chain(crypto, new13),
        algorithm);
  }

  private Certificate chain(BcTlsCrypto crypto, boolean new13) throws IOException {
    TlsCertificate leaf = crypto.createCertificate(certificate);
    return new13
        ? new Certificate(
            TlsUtils.EMPTY_BYTES, new CertificateEntry[] {new CertificateEntry(leaf, null)})
        : new Certificate(new TlsCertificate[] {leaf});
  }

  private record Signer(TlsSigner honest, boolean streams, UnaryOperator<byte[]> change)
      implements TlsSigner {
    @Override
    public byte[] generateRawSignature(SignatureAndHashAlgorithm algorithm, byte[] hash)
        throws IOException {
      return change.apply(honest.generateRawSignature(algorithm, hash));
    }

    @Override
    @SuppressWarnings("NullAway") // null is how this library says that there is none
    public TlsStreamSigner getStreamSigner(SignatureAndHashAlgorithm algorithm) {
      return streams ? new Streaming(new ByteArrayOutputStream(), change) : null;
    }
  }

  private record Streaming(ByteArrayOutputStream content, UnaryOperator<byte[]> signature)
      implements TlsStreamSigner {
    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      return signature.apply(content.toByteArray());
    }
  }
}
