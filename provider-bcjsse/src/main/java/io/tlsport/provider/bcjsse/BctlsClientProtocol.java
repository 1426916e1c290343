package io.tlsport.provider.bcjsse;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsProtocol;

/**
 * The client's end. Bouncy Castle ends both directions with the first close_notify of either side;
 * here each direction ends for itself (RFC 8446 section 6.1).
 */
final class BctlsClientProtocol extends TlsClientProtocol implements BctlsProtocol {
  private final TlsClient peer;
  private boolean peerClosed;

  BctlsClientProtocol(TlsClient peer) {
    this.peer = peer;
  }

  @Override
  public TlsProtocol tls() {
    return this;
  }

  @Override
  public void begin() throws IOException {
    connect(peer);
  }

  @Override
  public void closeNotify() throws IOException {
    if (isConnected()) {
      raiseAlertWarning(AlertDescription.close_notify, "ended");
    } else {
      close();
    }
  }

  @Override
  protected void handleAlertWarningMessage(short alert) throws IOException {
    if (alert == AlertDescription.close_notify && isConnected() && !isHandshaking()) {
      peerClosed = true;
    } else {
      super.handleAlertWarningMessage(alert);
    }
  }

  @Override
  public boolean peerClosed() {
    return peerClosed;
  }

  @Override
  public void fail(Throwable thrown) throws IOException {
    handleException(AlertDescription.internal_error, "the engine failed", thrown);
  }
}
