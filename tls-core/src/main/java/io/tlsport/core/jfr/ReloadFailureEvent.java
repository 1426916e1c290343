package io.tlsport.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Changed credential files are not used. */
@Name("io.tlsport.ContextReloadFailure")
@Label("Files not used")
@Description("Changed credential files are not used.")
@Category({"tlsport"})
@StackTrace(false)
final class ReloadFailureEvent extends Event {
  @Label("Code")
  @Nullable String code;

  @Label("Message")
  @Nullable String message;
}
