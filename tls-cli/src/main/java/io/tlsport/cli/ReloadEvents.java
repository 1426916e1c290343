package io.tlsport.cli;

import io.tlsport.CertificateExpiry;
import io.tlsport.ContextReload;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;
import java.time.Instant;

/**
 * Tells what becomes of files that are followed.
 *
 * @param events where
 */
record ReloadEvents(Events events) implements TlsListener {
  @Override
  public void contextReloaded(ContextReload reload) {
    events.emit(
        "contextReloaded",
        Members.of("generation", reload.generation())
            .with("previous", String.join(",", reload.previous()))
            .with("current", String.join(",", reload.current()))
            .with("expires", reload.expires().map(Instant::toString).orElse(null)));
  }

  @Override
  public void contextReloadFailed(TlsException error) {
    events.emit("contextReloadFailed", ConnectionMembers.failure(error));
  }

  @Override
  public void certificateExpires(CertificateExpiry expiry) {
    events.emit(
        "certificateExpires",
        Members.of("subject", expiry.subject())
            .with("fingerprint", expiry.fingerprint())
            .with("expires", expiry.expires().toString())
            .with("expired", expiry.expired()));
  }
}
