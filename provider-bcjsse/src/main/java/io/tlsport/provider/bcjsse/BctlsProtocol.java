package io.tlsport.provider.bcjsse;

import java.io.IOException;
import org.bouncycastle.tls.TlsProtocol;

/** One end of a connection: what its engine asks of either role. */
interface BctlsProtocol {
  /** Bouncy Castle's end, which is this object. */
  TlsProtocol tls();

  /** Starts; a client's hello is then to be sent. */
  void begin() throws IOException;

  /** Sends close_notify, and goes on reading; before the handshake is done it gives up. */
  void closeNotify() throws IOException;

  /** Whether the peer's close_notify came; we may still write. */
  boolean peerClosed();

  /** Sends internal_error for what Bouncy Castle does not catch itself. */
  void fail(Throwable thrown) throws IOException;
}
