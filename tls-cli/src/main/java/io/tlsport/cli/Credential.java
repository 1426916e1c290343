package io.tlsport.cli;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A private key and its certificate.
 *
 * @param key the private key
 * @param certificate its certificate
 */
record Credential(PrivateKey key, X509Certificate certificate) {
  /** The key as PKCS#8 in PEM. */
  String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** The certificate in PEM. */
  String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate without an encoding", impossible);
    }
  }

  private static String pem(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    String body = lines.encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
