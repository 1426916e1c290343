package io.tlsport.provider.jdk;

import io.tlsport.spi.EngineSpec;
import io.tlsport.spi.Identity;
import io.tlsport.spi.Role;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of certificate status is a matter of the context in SunJSSE: each of these has contexts of
 * its own.
 *
 * @param requested clients ask for it
 * @param staple servers send this response
 * @param issuer of the certificate that the response is about
 */
record JdkStatus(boolean requested, Optional<ByteBuffer> staple, Optional<X509Certificate> issuer) {
  static JdkStatus of(Role role, EngineSpec spec) {
    return role == Role.CLIENT
        ? new JdkStatus(spec.requestOcsp(), Optional.empty(), Optional.empty())
        : spec.staple()
            .map(
                response ->
                    new JdkStatus(
                        false, Optional.of(ByteBuffer.wrap(response)), spec.stapleIssuer()))
            .orElse(new JdkStatus(false, Optional.empty(), Optional.empty()));
  }

  /** The response; a copy. */
  Optional<byte[]> response() {
    return staple.map(
        kept -> {
          byte[] bytes = new byte[kept.remaining()];
          kept.duplicate().get(bytes);
          return bytes;
        });
  }

  /** What an engine has to show for it: SunJSSE asks for the status of what has an issuer only. */
  Identity shown(Identity identity) {
    if (staple.isEmpty() || identity.chain().size() > 1 || issuer.isEmpty()) {
      return identity;
    }
    List<X509Certificate> chain = new ArrayList<>(identity.chain());
    chain.add(issuer.get());
    return new Identity(identity.key(), chain);
  }
}
