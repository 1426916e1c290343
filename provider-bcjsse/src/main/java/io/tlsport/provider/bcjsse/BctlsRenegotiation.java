package io.tlsport.provider.bcjsse;

import io.tlsport.ClientAuth;
import io.tlsport.spi.Renegotiation;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * New handshakes of one engine. Bouncy Castle denies each one, by a warning, that it was not told
 * to take up.
 */
record BctlsRenegotiation(BctlsSslEngine engine, BctlsHandshake handshake)
    implements Renegotiation {
  @Override
  public void start(Optional<ClientAuth> auth) throws SSLException {
    auth.ifPresent(handshake::clientAuth);
    engine.beginAgain();
  }

  @Override
  public void accept() {
    engine.takeUpNext();
  }

  @Override
  public void refuse() {
    // It does, unless told otherwise.
  }
}
