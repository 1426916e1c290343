package io.tlsport.interop;

import io.tlsport.testpki.TestIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/** What a {@link BareClient} and a {@link BareServer} are, beside what they do. TLS 1.2 alone. */
final class BarePeers {
  private BarePeers() {}

  private static JcaTlsCrypto crypto() {
    return new JcaTlsCryptoProvider().create(new SecureRandom());
  }

  /** Trusts everybody, and does not mind a server without RFC 5746. */
  static DefaultTlsClient client() {
    return new DefaultTlsClient(crypto()) {
      @Override
      protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv12.only();
      }

      @Override
      public void notifySecureRenegotiation(boolean secure) {}

      @Override
      public TlsAuthentication getAuthentication() {
        return new ServerOnlyTlsAuthentication() {
          @Override
          public void notifyServerCertificate(TlsServerCertificate certificate) {}
        };
      }
    };
  }

  /** Shows that certificate, whose key is one of P-256. */
  static DefaultTlsServer server(TestIdentity identity) {
    return new DefaultTlsServer(crypto()) {
      @Override
      protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.TLSv12.only();
      }

      @Override
      protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
      }

      @Override
      public void notifySecureRenegotiation(boolean secure) {}

      @Override
      protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        JcaTlsCrypto jca = (JcaTlsCrypto) getCrypto();
        TlsCertificate certificate = jca.createCertificate(identity.der());
        return new JcaDefaultTlsCredentialedSigner(
            new TlsCryptoParameters(context),
            jca,
            key(identity),
            new Certificate(new TlsCertificate[] {certificate}),
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
      }
    };
  }

  private static PrivateKey key(TestIdentity identity) throws IOException {
    String pem = new String(identity.key().bytes(), StandardCharsets.US_ASCII);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException impossible) {
      throw new IOException(impossible);
    }
  }
}
