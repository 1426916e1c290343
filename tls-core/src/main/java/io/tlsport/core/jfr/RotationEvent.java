package io.tlsport.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Tickets are encrypted with another key from now on. */
@Name("io.tlsport.TicketRotation")
@Label("Ticket key rotated")
@Description("Tickets are encrypted with another key from now on.")
@Category({"tlsport"})
@StackTrace(false)
final class RotationEvent extends Event {
  @Label("Keys")
  int keys;
}
