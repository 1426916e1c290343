package io.tlsport.core.engine;

import io.tlsport.HandshakeException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one connection's peer. It is given when the engine shows the chain, while the
 * handshake can still be ended by an alert, or else at the end of the handshake; in one handshake
 * never twice for the same chain. Used by one job at a time.
 */
public final class PeerVerdict {
  private static final int BAD_CERTIFICATE = 42;
  private static final int INTERNAL_ERROR = 80;

  private Judge judge;
  private @Nullable List<X509Certificate> chain;
  private @Nullable Verdict verdict;
  private @Nullable RuntimeException failure;

  /** The verdict of that judge. */
  public PeerVerdict(Judge judge) {
    this.judge = judge;
  }

  /** Another handshake begins: what was said of the one before does not count for it. */
  void again() {
    chain = null;
    verdict = null;
    failure = null;
  }

  /** From now on that judge is asked. */
  void judge(Judge next) {
    judge = next;
  }

  /** What the engine shows; the alert by which it has to end, if it is refused. */
  public OptionalInt shown(List<X509Certificate> peerChain) {
    try {
      Verdict given = of(peerChain);
      return given.reject() ? OptionalInt.of(given.alert()) : OptionalInt.empty();
    } catch (HandshakeException illegible) {
      failure = illegible;
      return OptionalInt.of(BAD_CERTIFICATE);
    } catch (RuntimeException callbackFailed) {
      failure = callbackFailed;
      return OptionalInt.of(INTERNAL_ERROR);
    }
  }

  /** The verdict on that chain. */
  Verdict of(List<X509Certificate> peerChain) {
    Verdict known = verdict;
    if (known == null || !peerChain.equals(chain)) {
      known = judge.judge(peerChain);
      chain = List.copyOf(peerChain);
      verdict = known;
    }
    return known;
  }

  /** The verdict on a peer that has the key of both: it needs no certificate. */
  Verdict ofKeyHolder() {
    Verdict asked = judge.judge(List.of());
    return asked.error().isEmpty() ? asked : Verdict.trusted();
  }

  /** What the judge threw when the engine showed the chain. */
  Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** The verdict, if it was given already and cuts the peer off. */
  Optional<Verdict> refusal() {
    return Optional.ofNullable(verdict).filter(Verdict::reject);
  }
}
