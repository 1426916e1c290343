package io.tlsport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers a client's request for certificate status: the seed's event {@code OCSPRequest}. */
@FunctionalInterface
public interface OcspResponder {
  /**
   * Called when a client asks for status, before the handshake goes on.
   *
   * @param certificate DER of the certificate that this connection will show
   * @param issuer DER of its issuer, from the chain or from {@code ca}; empty if it is self-signed
   *     or its issuer is not known
   * @return DER of the response to staple; empty for none; a failed stage destroys the connection
   */
  CompletionStage<Optional<byte[]>> respond(byte[] certificate, Optional<byte[]> issuer);
}
