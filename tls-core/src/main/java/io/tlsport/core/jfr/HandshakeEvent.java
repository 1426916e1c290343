package io.tlsport.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A handshake is done and judged. */
@Name("io.tlsport.Handshake")
@Label("TLS handshake")
@Description("A handshake is done and judged.")
@Category({"tlsport"})
@StackTrace(false)
final class HandshakeEvent extends Event {
  @Label("Provider")
  @Nullable String provider;

  @Label("Server side")
  boolean server;

  @Label("Peer")
  @Nullable String peer;

  @Label("Server name")
  @Nullable String servername;

  @Label("Protocol")
  @Nullable String protocol;

  @Label("Cipher suite")
  @Nullable String cipher;

  @Label("Application protocol")
  @Nullable String alpn;

  @Label("Resumed")
  boolean resumed;

  @Label("Authorized")
  boolean authorized;

  @Label("Renegotiation")
  boolean renegotiation;

  @Label("Reading the ClientHello")
  @Timespan(Timespan.NANOSECONDS)
  long hello;

  @Label("Waiting for hooks")
  @Timespan(Timespan.NANOSECONDS)
  long hooks;

  @Label("Computing")
  @Timespan(Timespan.NANOSECONDS)
  long computing;

  @Label("Waiting for the peer")
  @Timespan(Timespan.NANOSECONDS)
  long network;

  @Label("Total")
  @Timespan(Timespan.NANOSECONDS)
  long total;
}
