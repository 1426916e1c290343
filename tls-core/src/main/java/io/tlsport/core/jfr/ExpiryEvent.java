package io.tlsport.core.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One of our certificates comes near its end, or has expired. */
@Name("io.tlsport.CertificateExpiry")
@Label("Certificate expires")
@Description("One of our certificates comes near its end, or has expired.")
@Category({"tlsport"})
@StackTrace(false)
final class ExpiryEvent extends Event {
  @Label("Subject")
  @Nullable String subject;

  @Label("Certificate")
  @Nullable String fingerprint;

  @Label("Expires")
  @Nullable String expires;

  @Label("Expired")
  boolean expired;
}
