package io.tlsport.core.policy.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.spi.JcaServices;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.TestPki;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is computed again, and what is not. */
class CertificateSignaturesTest {
  private final AtomicInteger computed = new AtomicInteger();
  private final CertificateSignatures signatures =
      new CertificateSignatures(JcaServices.of(List.of(new Counting()), new SecureRandom()));
  private final X509Certificate root = root("a root");
  private final X509Certificate stranger = root("a stranger");

  /** All that the JDK has; counts signatures. */
  private final class Counting extends Provider {
    private static final long serialVersionUID = 1;

    Counting() {
      super("Counting", "1", "counts");
    }

    @Override
    public @Nullable Service getService(String type, String algorithm) {
      if (type.equals("Signature")) {
        computed.incrementAndGet();
      }
      return Arrays.stream(Security.getProviders())
          .map(provider -> provider.getService(type, algorithm))
          .filter(service -> service != null)
          .map(
              service ->
                  new Service(this, type, algorithm, service.getClassName(), null, null) {
                    @Override
                    public Object newInstance(@Nullable Object parameter)
                        throws java.security.NoSuchAlgorithmException {
                      return service.newInstance(parameter);
                    }
                  })
          .findFirst()
          .orElse(null);
    }
  }

  private static X509Certificate read(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static X509Certificate root(String name) {
    return TestPki.shared().selfSigned(CertificateSpec.of(name)).x509();
  }

  @Test
  void aGoodSignatureIsComputedOnce() throws GeneralSecurityException {
    assertTrue(signatures.signed(root, root.getPublicKey()));
    assertTrue(signatures.signed(read(root.getEncoded()), root.getPublicKey()));
    assertEquals(1, computed.get());
  }

  @Test
  void aGoodOneVouchesForNoOtherKeyAndNoOtherBytes() throws GeneralSecurityException {
    assertTrue(signatures.signed(root, root.getPublicKey()));
    assertFalse(signatures.signed(root, stranger.getPublicKey()));
    assertFalse(signatures.signed(root, stranger.getPublicKey()));
    byte[] forged = root.getEncoded();
    forged[forged.length - 1] ^= 1;
    assertFalse(signatures.signed(read(forged), root.getPublicKey()));
    assertEquals(4, computed.get());
  }
}
