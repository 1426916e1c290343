package io.tlsport.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A secure context was replaced by another. */
@Name("io.tlsport.ContextReload")
@Label("Secure context replaced")
@Description("A secure context was replaced by another.")
@Category({"tlsport"})
@StackTrace(false)
final class ReloadEvent extends Event {
  @Label("Generation")
  long generation;

  @Label("Previous certificates")
  @Nullable String previous;

  @Label("Current certificates")
  @Nullable String current;

  @Label("First expiry")
  @Nullable String expires;
}
