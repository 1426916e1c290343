package io.tlsport.provider.bcjsse;

import io.tlsport.spi.FinishedMessages;
import org.bouncycastle.tls.SecurityParameters;

/** The two Finished messages of a handshake. */
final class BctlsFinishedMessages implements FinishedMessages {
  private final byte[] own;
  private final byte[] peer;

  BctlsFinishedMessages(SecurityParameters parameters) {
    this.own = parameters.getLocalVerifyData().clone();
    this.peer = parameters.getPeerVerifyData().clone();
  }

  @Override
  public byte[] own() {
    return own.clone();
  }

  @Override
  public byte[] peer() {
    return peer.clone();
  }
}
