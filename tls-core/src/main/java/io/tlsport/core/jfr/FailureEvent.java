package io.tlsport.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection failed, before it was secure or after. */
@Name("io.tlsport.ConnectionFailure")
@Label("TLS failure")
@Description("A connection failed, before it was secure or after.")
@Category({"tlsport"})
@StackTrace(false)
final class FailureEvent extends Event {
  @Label("Provider")
  @Nullable String provider;

  @Label("Server side")
  boolean server;

  @Label("Peer")
  @Nullable String peer;

  @Label("Server name")
  @Nullable String servername;

  @Label("Code")
  @Nullable String code;

  @Label("Blame")
  @Nullable String blame;

  @Label("Phase")
  @Nullable String phase;

  @Label("Alert sent")
  int alertSent;

  @Label("Alert received")
  int alertReceived;

  @Label("Message")
  @Nullable String message;
}
