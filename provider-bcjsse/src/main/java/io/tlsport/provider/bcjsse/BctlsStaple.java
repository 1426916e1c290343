package io.tlsport.provider.bcjsse;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.ExtensionType;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * An OCSP response on its way: in a message of its own before TLS 1.3, beside the certificate from
 * then on.
 */
final class BctlsStaple {
  private static final Integer STATUS_REQUEST = ExtensionType.status_request;

  /** Type and length (RFC 6066 section 8). */
  private static final int HEADER = 1 + 3;

  private BctlsStaple() {}

  /** The message of TLS 1.2 and older, with the application's bytes as they are. */
  static CertificateStatus message(byte[] der) {
    OCSPResponse placeholder =
        new OCSPResponse(new OCSPResponseStatus(OCSPResponseStatus.TRY_LATER), null);
    return new CertificateStatus(CertificateStatusType.ocsp, placeholder) {
      @Override
      public void encode(OutputStream output) throws IOException {
        output.write(framed(der));
      }
    };
  }

  /** The extension of a certificate in TLS 1.3, as Bouncy Castle takes extensions. */
  @SuppressWarnings("JdkObsolete")
  static Hashtable<Integer, byte[]> extension(byte[] response) {
    Hashtable<Integer, byte[]> extensions = new Hashtable<>();
    extensions.put(STATUS_REQUEST, framed(response));
    return extensions;
  }

  private static byte[] framed(byte[] response) {
    byte[] framed = new byte[HEADER + response.length];
    TlsUtils.writeUint8(CertificateStatusType.ocsp, framed, 0);
    TlsUtils.writeUint24(response.length, framed, 1);
    System.arraycopy(response, 0, framed, HEADER, response.length);
    return framed;
  }

  /** What a server stapled. */
  static Optional<byte[]> of(TlsServerCertificate server) throws IOException {
    CertificateStatus message = server.getCertificateStatus();
    if (message != null && message.getStatusType() == CertificateStatusType.ocsp) {
      return Optional.of(message.getOCSPResponse().getEncoded(ASN1Encoding.DER));
    }
    CertificateEntry[] entries = server.getCertificate().getCertificateEntryList();
    return entries.length == 0 || entries[0].getExtensions() == null
        ? Optional.empty()
        : unframed(TlsUtils.getExtensionData(entries[0].getExtensions(), STATUS_REQUEST));
  }

  private static Optional<byte[]> unframed(byte @Nullable [] framed) {
    if (framed == null
        || framed.length <= HEADER
        || TlsUtils.readUint8(framed, 0) != CertificateStatusType.ocsp
        || TlsUtils.readUint24(framed, 1) != framed.length - HEADER) {
      return Optional.empty();
    }
    return Optional.of(Arrays.copyOfRange(framed, HEADER, framed.length));
  }
}
