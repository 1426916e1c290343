package io.tlsport.testpki;

import io.tlsport.Pem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A private key and its certificate. Immutable. */
public final class TestIdentity {
  private final CertificateSpec spec;
  private final byte[] key;
  private final List<byte[]> chain;

  TestIdentity(CertificateSpec spec, byte[] key, List<byte[]> chain) {
    this.spec = spec;
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /** What it was made from. */
  public CertificateSpec spec() {
    return spec;
  }

  /** The private key, PKCS#8. */
  public Pem key() {
    return Pem.of(block("PRIVATE KEY", key));
  }

  /** The certificate alone. */
  public Pem certificate() {
    return Pem.of(block("CERTIFICATE", chain.get(0)));
  }

  /** The certificate, then the intermediate authorities, without the root. */
  public Pem chain() {
    return Pem.of(
        chain.stream().map(der -> block("CERTIFICATE", der)).collect(Collectors.joining()));
  }

  /** DER of the certificate. */
  public byte[] der() {
    return chain.get(0).clone();
  }

  /** The certificate, parsed by the JDK. */
  public X509Certificate x509() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(chain.get(0)));
    } catch (CertificateException unreadable) {
      throw new IllegalStateException("the maker's certificate cannot be read", unreadable);
    }
  }

  PrivateKey privateKey() throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
  }

  static Pem pem(String type, byte[] der) {
    return Pem.of(block(type, der));
  }

  private static String block(String type, byte[] der) {
    byte[] newline = {'\n'};
    return "-----BEGIN "
        + type
        + "-----\n"
        + new String(Base64.getMimeEncoder(64, newline).encode(der), StandardCharsets.US_ASCII)
        + "\n-----END "
        + type
        + "-----\n";
  }

  /** The name and the kind of key; never the key. */
  @Override
  public String toString() {
    return "TestIdentity[" + spec.commonName() + ", " + spec.key() + "]";
  }
}
