package io.tlsport.core.engine;

import io.tlsport.spi.Negotiated;

/** Gives the verdict on a peer. May take its time, and never throws for what a peer sent. */
@FunctionalInterface
public interface Judge {
  /** The verdict on what a handshake, full or resumed, has shown. */
  Verdict judge(Negotiated negotiated);
}
