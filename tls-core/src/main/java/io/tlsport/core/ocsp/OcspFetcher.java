package io.tlsport.core.ocsp;

import io.tlsport.OcspResponder;
import io.tlsport.core.policy.ocsp.KnownStatus;
import io.tlsport.core.policy.ocsp.StatusCheck;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers from what responders said: asks when nobody did before, again in the second half of a
 * response's life, while the old one is still stapled, and keeps that until its end if no good
 * answer comes. Without one, a handshake waits once, and none for a minute after it was in vain.
 * Safe for any number of threads.
 */
public final class OcspFetcher implements OcspResponder {
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final int MOST_CERTIFICATES = 1000;

  private final Optional<URI> responder;
  private final StatusSource source;
  private final JcaServices jca;
  private final InstantSource clock;
  private final Map<ByteBuffer, Entry> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, OcspFetcher.Entry> eldest) {
          return size() > MOST_CERTIFICATES;
        }
      };

  /**
   * A fetcher.
   *
   * @param responder whom to ask; empty: whom the certificate names
   * @param timeout how long an answer may take
   */
  public OcspFetcher(
      Optional<URI> responder, Duration timeout, JcaServices jca, InstantSource clock) {
    this(responder, new HttpStatusSource(timeout), jca, clock);
  }

  OcspFetcher(Optional<URI> responder, StatusSource source, JcaServices jca, InstantSource clock) {
    this.responder = responder;
    this.source = source;
    this.jca = jca;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Optional<byte[]>> respond(byte[] certificate, Optional<byte[]> issuer) {
    return issuer
        .flatMap(known -> entry(certificate, known))
        .map(Entry::answer)
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  /** What is known of a certificate; empty if nobody can be asked. */
  private Optional<Entry> entry(byte[] certificate, byte[] issuer) {
    ByteBuffer key = ByteBuffer.wrap(certificate);
    synchronized (entries) {
      Entry known = entries.get(key);
      if (known != null) {
        return Optional.of(known);
      }
    }
    StatusCheck check = new StatusCheck(jca, parsed(certificate), parsed(issuer));
    Optional<Entry> made = responder.or(check::responder).map(uri -> new Entry(check, uri));
    synchronized (entries) {
      return made.map(
          fresh -> {
            Entry other = entries.putIfAbsent(ByteBuffer.wrap(certificate.clone()), fresh);
            return other == null ? fresh : other;
          });
    }
  }

  private X509Certificate parsed(byte[] der) {
    try {
      CertificateFactory factory = jca.certificateFactory("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a certificate that was read cannot be read", impossible);
    }
  }

  /** In words: what the JDK throws has often none. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof TimeoutException) {
      return "it did not answer in time";
    }
    if (cause instanceof ConnectException) {
      return "it cannot be reached";
    }
    String message = cause.getMessage();
    return message == null ? "the request failed" : message;
  }

  /** One certificate. */
  private final class Entry {
    private final StatusCheck check;
    private final URI uri;
    private @Nullable KnownStatus known;
    private @Nullable CompletableFuture<Optional<byte[]>> asking;
    private Instant retry = Instant.MIN;

    Entry(StatusCheck check, URI uri) {
      this.check = check;
      this.uri = uri;
    }

    CompletionStage<Optional<byte[]>> answer() {
      Instant now = clock.instant();
      CompletableFuture<Optional<byte[]>> started = null;
      CompletionStage<Optional<byte[]>> answer;
      synchronized (this) {
        KnownStatus held = known != null && known.holds(now) ? known : null;
        boolean due = held == null || held.isDue(now);
        if (due && asking == null && !now.isBefore(retry)) {
          started = new CompletableFuture<>();
          asking = started;
        }
        CompletableFuture<Optional<byte[]>> running = asking;
        answer =
            held != null || running == null
                ? CompletableFuture.completedFuture(
                    Optional.ofNullable(held).map(KnownStatus::response))
                : running.copy();
      }
      if (started != null) {
        ask(started);
      }
      return answer;
    }

    private void ask(CompletableFuture<Optional<byte[]>> started) {
      CompletionStage<byte[]> asked;
      try {
        asked = source.ask(uri, check.request());
      } catch (RuntimeException failed) {
        asked = CompletableFuture.failedStage(failed);
      }
      asked.whenComplete((bytes, failure) -> started.complete(learned(bytes, failure)));
    }

    private Optional<byte[]> learned(byte @Nullable [] bytes, @Nullable Throwable failure) {
      Instant now = clock.instant();
      KnownStatus fresh = null;
      String why = failure == null ? "" : reason(failure);
      if (bytes != null) {
        try {
          fresh = check.believe(bytes, now);
        } catch (StatusCheck.Unbelievable refused) {
          why = String.valueOf(refused.getMessage());
        }
      }
      Optional<KnownStatus> held;
      synchronized (this) {
        asking = null;
        retry = now.plus(RETRY);
        // One from before is an old answer that somebody kept: it may be from before a revocation.
        if (fresh != null && (known == null || !fresh.from().isBefore(known.from()))) {
          known = fresh;
        }
        held = Optional.ofNullable(known).filter(status -> status.holds(now));
      }
      if (fresh == null) {
        System.getLogger("io.tlsport")
            .log(
                System.Logger.Level.WARNING,
                "no OCSP response for "
                    + check.certificate().getSubjectX500Principal()
                    + " from "
                    + uri
                    + ": "
                    + why
                    + held.map(old -> "; the last one is stapled until " + old.until())
                        .orElse("; none is stapled"));
      }
      return held.map(KnownStatus::response);
    }
  }
}
