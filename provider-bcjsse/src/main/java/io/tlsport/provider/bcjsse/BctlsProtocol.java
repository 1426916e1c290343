package io.tlsport.provider.bcjsse;

import java.io.IOException;
import org.bouncycastle.tls.TlsProtocol;

/** One end of a connection: what its engine asks of either role. */
interface BctlsProtocol {
  /** Bouncy Castle's end, which is this object. */
  TlsProtocol tls();

  /** Starts; a client's hello is then to be sent. */
  void begin() throws IOException;

  /**
   * Starts another handshake: a client's hello, or what asks a client for one, is then to be sent.
   */
  void beginAgain() throws IOException;

  /** Whether both sides have what binds a renegotiation to its connection (RFC 5746). */
  boolean renegotiatesSecurely();

  /** Takes up the handshake that the peer begins next; any other is refused. */
  void takeUpNext();

  /** Sends close_notify, and goes on reading; before the handshake is done it gives up. */
  void closeNotify() throws IOException;

  /** Whether the peer's close_notify came; we may still write. */
  boolean peerClosed();

  /** Sends internal_error for what Bouncy Castle does not catch itself. */
  void fail(Throwable thrown) throws IOException;
}
