package io.tlsport.provider.bcjsse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.RenegotiationPolicy;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsKeyExchange;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsUtils;

/**
 * The client's end. Bouncy Castle ends both directions with the first close_notify of either side;
 * here each direction ends for itself (RFC 8446 section 6.1).
 */
final class BctlsClientProtocol extends TlsClientProtocol implements BctlsProtocol {
  private final TlsClient peer;
  private final BctlsHandshake handshake;
  private boolean peerClosed;
  private int nextRenegotiation = RenegotiationPolicy.DENY;

  BctlsClientProtocol(TlsClient peer, BctlsHandshake handshake) {
    this.peer = peer;
    this.handshake = handshake;
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
  public void beginAgain() throws IOException {
    beginHandshake(true);
  }

  @Override
  public boolean renegotiatesSecurely() {
    return getContext().getSecurityParametersConnection().isSecureRenegotiation();
  }

  @Override
  public void takeUpNext() {
    nextRenegotiation = RenegotiationPolicy.ACCEPT;
  }

  @Override
  protected int getRenegotiationPolicy() {
    int policy = nextRenegotiation;
    nextRenegotiation = RenegotiationPolicy.DENY;
    return policy;
  }

  /** Whoever shakes hands already ignores that he is asked to (RFC 5246 section 7.4.1.1). */
  @Override
  protected boolean handleRenegotiation() throws IOException {
    return !isHandshaking() && super.handleRenegotiation();
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
    } else if (alert == AlertDescription.no_renegotiation) {
      // It is fatal in Bouncy Castle too, which makes it look like a failure of ours.
      handleFailure();
      throw new TlsFatalAlertReceived(alert);
    } else {
      super.handleAlertWarningMessage(alert);
    }
  }

  /** The first message under the handshake's own keys. */
  @Override
  protected void receive13EncryptedExtensions(ByteArrayInputStream message) throws IOException {
    handshake.keyLog().handshake(getContext().getSecurityParametersHandshake());
    super.receive13EncryptedExtensions(message);
  }

  @Override
  protected void sendFinishedMessage() throws IOException {
    byte[] offered = TlsUtils.getExtensionData(serverExtensions, BctlsNextProtocol.EXTENSION);
    if (offered != null) {
      sendNextProtocol(BctlsNextProtocol.names(offered));
    }
    super.sendFinishedMessage();
  }

  private void sendNextProtocol(List<String> servers) throws IOException {
    BctlsNextProtocol.Choice choice = BctlsNextProtocol.Choice.of(servers, handshake.spec().npn());
    handshake.nextProtocol(choice.protocol());
    TlsKeyExchange done = keyExchange;
    keyExchange = BctlsNextProtocol.inPlaceOfKeyExchange(BctlsNextProtocol.message(choice.sent()));
    sendClientKeyExchange();
    keyExchange = done;
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
