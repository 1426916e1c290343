package io.tlsport.provider.bcjsse;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.HandshakeType;
import org.bouncycastle.tls.RenegotiationPolicy;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsServerProtocol;

/**
 * The server's end. Bouncy Castle ends both directions with the first close_notify of either side;
 * here each direction ends for itself (RFC 8446 section 6.1). It also mixes a renegotiation with
 * the handshake before, since it reads the parameters before it makes new ones.
 */
final class BctlsServerProtocol extends TlsServerProtocol implements BctlsProtocol {
  private final TlsServer peer;
  private final BctlsHandshake handshake;
  private final BctlsNextProtocol nextProtocol = new BctlsNextProtocol();
  private boolean nextProtocolTaken;
  private boolean hashingOnly;
  private boolean peerClosed;
  private int nextRenegotiation = RenegotiationPolicy.DENY;
  private boolean begunAgain;

  BctlsServerProtocol(TlsServer peer, BctlsHandshake handshake) {
    this.peer = peer;
    this.handshake = handshake;
  }

  @Override
  public TlsProtocol tls() {
    return this;
  }

  @Override
  public void begin() throws IOException {
    accept(peer);
  }

  @Override
  public void beginAgain() throws IOException {
    takeUpNext();
    sendHelloRequestMessage();
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

  @Override
  protected void handleHandshakeMessage(short type, HandshakeMessageInput message)
      throws IOException {
    if (type == HandshakeType.client_hello && isConnected() && !isHandshaking()) {
      if (!super.handleRenegotiation()) {
        return;
      }
      begunAgain = true;
    }
    super.handleHandshakeMessage(type, message);
  }

  /** Asked once more inside; by then the new parameters are there. */
  @Override
  protected boolean handleRenegotiation() throws IOException {
    if (begunAgain) {
      begunAgain = false;
      return true;
    }
    return super.handleRenegotiation();
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
  @SuppressWarnings("rawtypes")
  protected void send13EncryptedExtensionsMessage(Hashtable extensions) throws IOException {
    handshake.keyLog().handshake(getContext().getSecurityParametersHandshake());
    super.send13EncryptedExtensionsMessage(extensions);
  }

  @Override
  protected void processRecord(short type, byte[] bytes, int offset, int length)
      throws IOException {
    boolean next =
        type == ContentType.handshake
            && receivedChangeCipherSpec
            && !nextProtocolTaken
            && serverExtensions != null
            && serverExtensions.containsKey(BctlsNextProtocol.EXTENSION);
    if (!next) {
      super.processRecord(type, bytes, offset, length);
      return;
    }
    BctlsNextProtocol.Received received = nextProtocol.take(bytes, offset, length);
    if (received != null) {
      nextProtocolTaken = true;
      handshake.nextProtocol(BctlsNextProtocol.protocol(received.message()));
      hash(received.message());
      super.processRecord(type, received.rest(), 0, received.rest().length);
    }
  }

  /** Writing a message is the only way to have it hashed; this one came from the client. */
  private void hash(byte[] message) throws IOException {
    hashingOnly = true;
    sendNewSessionTicketMessage(BctlsNextProtocol.inPlaceOfTicket(message));
    hashingOnly = false;
  }

  @Override
  protected void writeRecord(short type, byte[] bytes, int offset, int length) throws IOException {
    if (!hashingOnly) {
      super.writeRecord(type, bytes, offset, length);
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
