package io.tlsport;

import java.util.List;

/**
 * Whether what runs is FIPS approved: the minimum over all parts, asked live on the calling thread
 * because approved mode can be a property of the thread.
 *
 * @param approved true only if every part is
 * @param parts one line per part: the module, its self-test, the mode of thread and engine; a part
 *     that is not approved says so
 */
public record FipsStatus(boolean approved, List<String> parts) {
  /** Keeps a copy of the parts. */
  public FipsStatus {
    parts = List.copyOf(parts);
  }

  /** A provider that makes no claim. */
  public static FipsStatus none(String reason) {
    return new FipsStatus(false, List.of(reason));
  }
}
