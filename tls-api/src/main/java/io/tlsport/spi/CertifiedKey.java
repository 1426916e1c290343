package io.tlsport.spi;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * What a certificate says of its key. Some providers call keys RSA that are for RSASSA-PSS alone,
 * and drop that from the key's own encoding, too: the certificate's is asked.
 */
final class CertifiedKey {
  static final String PSS = "RSASSA-PSS";

  /** {@code id-RSASSA-PSS} in DER. */
  private static final ByteBuffer PSS_IDENTIFIER =
      ByteBuffer.wrap(
          new byte[] {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 10});

  private static final int VERSION = 0xa0;

  /** Serial number, algorithm of the signature, issuer, validity, subject (RFC 5280). */
  private static final int FIELDS_BEFORE_KEY = 5;

  private static final int LONG_FORM = 0x80;

  private CertifiedKey() {}

  /** The JCA's name of the key's algorithm. */
  static String algorithm(X509Certificate certificate) {
    String name = certificate.getPublicKey().getAlgorithm();
    return name.equals("RSA") && namesPss(certificate) ? PSS : name;
  }

  private static boolean namesPss(X509Certificate certificate) {
    try {
      ByteBuffer fields = enter(enter(ByteBuffer.wrap(certificate.getEncoded())));
      if ((fields.get(fields.position()) & 0xff) == VERSION) {
        enter(fields);
      }
      for (int i = 0; i < FIELDS_BEFORE_KEY; i++) {
        enter(fields);
      }
      ByteBuffer identifier = enter(enter(fields));
      return identifier.remaining() >= PSS_IDENTIFIER.remaining()
          && identifier
              .slice(identifier.position(), PSS_IDENTIFIER.remaining())
              .equals(PSS_IDENTIFIER);
    } catch (CertificateEncodingException
        | BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException noCertificate) {
      return false; // of another provider's own making: then the key's name has to do
    }
  }

  /** The content of the next value, which {@code from} is moved behind. */
  private static ByteBuffer enter(ByteBuffer from) {
    from.get();
    int length = from.get() & 0xff;
    if (length >= LONG_FORM) {
      int bytes = length - LONG_FORM;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << Byte.SIZE) | (from.get() & 0xff);
      }
    }
    ByteBuffer content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }
}
