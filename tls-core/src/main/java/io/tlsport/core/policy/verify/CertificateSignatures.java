package io.tlsport.core.policy.verify;

import io.tlsport.spi.JcaServices;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks signatures with the provider's own cryptography, whatever else the JVM has. */
public final class CertificateSignatures {
  private static final String PSS = "RSASSA-PSS";

  private final JcaServices jca;
  private final KnownFacts<Boolean> good;

  /** With that cryptography. */
  public CertificateSignatures(JcaServices jca) {
    this.jca = jca;
    this.good = new KnownFacts<>(jca);
  }

  /**
   * True if that key has signed the certificate. Servers show the same certificates again and
   * again: what was found good is not computed again.
   */
  public boolean signed(X509Certificate certificate, PublicKey key) {
    try {
      ByteBuffer name = good.name(List.of(certificate.getEncoded(), key.getEncoded()));
      if (good.find(name).isPresent()) {
        return true;
      }
      boolean signed =
          verify(
              certificate.getSigAlgName(),
              certificate.getSigAlgParams(),
              key,
              certificate.getTBSCertificate(),
              certificate.getSignature());
      if (signed) {
        good.put(name, true);
      }
      return signed;
    } catch (GeneralSecurityException | RuntimeException unreadable) {
      return false; // a signature that cannot be read is none
    }
  }

  /** True if that key has signed the revocation list. */
  boolean signed(X509CRL crl, PublicKey key) {
    try {
      return verify(
          crl.getSigAlgName(),
          crl.getSigAlgParams(),
          key,
          crl.getTBSCertList(),
          crl.getSignature());
    } catch (GeneralSecurityException | RuntimeException unreadable) {
      return false; // a signature that cannot be read is none
    }
  }

  private boolean verify(
      String algorithm, byte @Nullable [] parameters, PublicKey key, byte[] signed, byte[] value)
      throws GeneralSecurityException {
    boolean pss = isPss(algorithm);
    Signature signature = jca.signature(pss ? PSS : algorithm);
    if (pss && parameters != null) {
      AlgorithmParameters decoded = jca.algorithmParameters(PSS);
      try {
        decoded.init(parameters);
      } catch (java.io.IOException malformed) {
        return false;
      }
      signature.setParameter(decoded.getParameterSpec(PSSParameterSpec.class));
    }
    signature.initVerify(key);
    signature.update(signed);
    return signature.verify(value);
  }

  /** True if that name of an algorithm, or its number where it has none, is RSASSA-PSS. */
  static boolean isPss(String algorithm) {
    return algorithm.contains("PSS") || algorithm.equals("1.2.840.113549.1.1.10");
  }
}
