package io.tlsport;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A secure context was replaced by another. Fingerprints are of our own certificates, in the order
 * of the options: SHA-256, upper-case hexadecimal with colons, as {@link
 * PeerCertificate#fingerprint256()}.
 *
 * @param generation of the context that is in force now: 2 is the first replacement
 * @param previous what was shown before
 * @param current what is shown from now on; the same as before if only trust or algorithms changed
 * @param expires when the first of our certificates expires; empty without one
 */
public record ContextReload(
    long generation, List<String> previous, List<String> current, Optional<Instant> expires) {
  /** Keeps copies of the lists. */
  public ContextReload {
    previous = List.copyOf(previous);
    current = List.copyOf(current);
  }
}
