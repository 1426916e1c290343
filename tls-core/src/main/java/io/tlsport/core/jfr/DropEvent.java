package io.tlsport.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection was refused because there are too many. */
@Name("io.tlsport.ConnectionDrop")
@Label("Connection dropped")
@Description("A connection was refused because there are too many.")
@Category({"tlsport"})
@StackTrace(false)
final class DropEvent extends Event {
  @Label("Peer")
  @Nullable String peer;
}
