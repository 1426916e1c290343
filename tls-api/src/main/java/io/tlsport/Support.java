package io.tlsport;

import java.util.Optional;
import java.util.Set;

/** What a provider says of one {@link Capability}. A no always carries its reason. */
public sealed interface Support {
  /**
   * Works in every combination.
   *
   * @param internals true if it rests on the vendor's internals, which the user has switched on
   */
  record Yes(boolean internals) implements Support {}

  /**
   * Works for some versions only. Options that can fall outside are refused unless partial support
   * is allowed ({@link Tls.Builder#allowPartial}).
   *
   * @param versions the protocol versions that are covered
   * @param reason what is not covered and why
   */
  record Only(Set<ProtocolVersion> versions, String reason) implements Support {
    /** Keeps a copy of the versions. */
    public Only {
      versions = Set.copyOf(versions);
    }
  }

  /**
   * Does not work.
   *
   * @param reason why not, and the way out if there is one
   * @param evidence where that can be read: an issue, a source, a probe
   */
  record No(String reason, Optional<String> evidence) implements Support {}

  /** Works in every combination, by public API. */
  static Support yes() {
    return new Yes(false);
  }

  /** Works, on internals of the vendor. */
  static Support viaInternals() {
    return new Yes(true);
  }

  /** Works for {@code versions} only. */
  static Support only(Set<ProtocolVersion> versions, String reason) {
    return new Only(versions, reason);
  }

  /** Does not work. */
  static Support no(String reason) {
    return new No(reason, Optional.empty());
  }

  /** Does not work, and here is where that can be read. */
  static Support no(String reason, String evidence) {
    return new No(reason, Optional.of(evidence));
  }

  /** True for {@link Yes} and for {@link Only}. */
  default boolean supported() {
    return !(this instanceof No);
  }

  /** True if that version is covered. */
  default boolean covers(ProtocolVersion version) {
    return this instanceof Yes || (this instanceof Only only && only.versions().contains(version));
  }
}
