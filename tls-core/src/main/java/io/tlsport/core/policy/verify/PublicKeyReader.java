package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The public key of a certificate as {@code getPeerCertificate()} shows it, from the DER: the
 * engines' classes do not read every curve. Total.
 */
final class PublicKeyReader {
  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final String EC = "1.2.840.10045.2.1";
  private static final int VERSION = 0xa0;
  private static final int FIELDS_BEFORE_ORDER = 4;

  private PublicKeyReader() {}

  /** A public key that Node takes apart. */
  sealed interface Shown {
    /** The whole of it. */
    byte[] shown();

    /** How large it is. */
    int bits();
  }

  /**
   * RSA.
   *
   * @param shown the SubjectPublicKeyInfo
   * @param modulus a positive number
   * @param exponent a positive number
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rsa(byte[] shown, BigInteger modulus, BigInteger exponent) implements Shown {
    @Override
    public int bits() {
      return modulus.bitLength();
    }
  }

  /**
   * A point of an elliptic curve.
   *
   * @param shown the point as it is encoded
   * @param bits of the order of the curve
   * @param curve its names; empty for a curve without a name
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Ec(byte[] shown, int bits, Optional<ObjectNames.Curve> curve) implements Shown {}

  /** The key; empty for other algorithms, and for what cannot be read. */
  static Optional<Shown> read(X509Certificate certificate) {
    try {
      return ofCertificate(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible); // it was read from bytes
    }
  }

  /** The key in the DER of a certificate. */
  static Optional<Shown> ofCertificate(byte[] certificate) {
    try {
      return ofInfo(info(certificate));
    } catch (DerException malformed) {
      return Optional.empty();
    }
  }

  private static byte[] info(byte[] certificate) throws DerException {
    DerReader signed =
        new DerReader(certificate).enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
    if (signed.peek() == VERSION) {
      signed.next();
    }
    signed.integer(); // the serial number
    for (int i = 0; i < 4; i++) {
      signed.enter(DerReader.SEQUENCE); // signature, issuer, validity, subject
    }
    return signed.raw();
  }

  private static Optional<Shown> ofInfo(byte[] encoded) throws DerException {
    DerReader info = new DerReader(encoded).enter(DerReader.SEQUENCE);
    DerReader algorithm = info.enter(DerReader.SEQUENCE);
    byte[] key = info.bits();
    return switch (algorithm.oid()) {
      case RSA -> Optional.of(rsa(encoded, key));
      case EC -> ec(algorithm, key);
      default -> Optional.empty();
    };
  }

  private static Shown rsa(byte[] encoded, byte[] key) throws DerException {
    DerReader numbers = new DerReader(key).enter(DerReader.SEQUENCE);
    return new Rsa(encoded, numbers.integer().abs(), numbers.integer().abs());
  }

  private static Optional<Shown> ec(DerReader algorithm, byte[] point) throws DerException {
    if (algorithm.peek() == DerReader.OID) {
      return ObjectNames.curve(algorithm.oid())
          .map(curve -> new Ec(point, curve.bits(), Optional.of(curve)));
    }
    DerReader parameters = algorithm.enter(DerReader.SEQUENCE);
    for (int i = 0; i < FIELDS_BEFORE_ORDER; i++) {
      parameters.next(); // version, field, curve, generator
    }
    int bits = parameters.integer().bitLength();
    return Optional.of(new Ec(point, bits, Optional.empty()));
  }
}
