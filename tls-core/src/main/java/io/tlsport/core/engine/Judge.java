package io.tlsport.core.engine;

import java.security.cert.X509Certificate;
import java.util.List;

/** Gives the verdict on a peer. May take its time. */
@FunctionalInterface
public interface Judge {
  /**
   * The verdict on what a handshake, full or resumed, has shown.
   *
   * @param chain as the peer sent it, leaf first; empty if it sent none
   * @throws io.tlsport.HandshakeException if it cannot be read; otherwise never for what a peer
   *     sent
   */
  Verdict judge(List<X509Certificate> chain);
}
