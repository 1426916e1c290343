package io.tlsport.core.runtime;

import io.tlsport.CertificateExpiry;
import io.tlsport.ConfigurationException;
import io.tlsport.ContextReload;
import io.tlsport.CredentialFiles;
import io.tlsport.ErrorCode;
import io.tlsport.SecureContextOptions;
import io.tlsport.TlsException;
import io.tlsport.TlsListener;
import io.tlsport.WatchedContext;
import io.tlsport.core.engine.Failures;
import io.tlsport.core.engine.Loop;
import io.tlsport.core.policy.reload.ExpiryStages;
import io.tlsport.core.policy.reload.SettledLooks;
import io.tlsport.core.reload.CredentialReader;
import io.tlsport.core.reload.FolderEvents;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A context that follows files. They are looked at from time to time and soon after the system says
 * that they have changed, on the executor, one look at a time.
 */
final class DefaultWatchedContext extends DefaultReloadableContext implements WatchedContext {
  private static final System.Logger LOG = System.getLogger("io.tlsport");

  /** Who writes several files, or one in pieces, is given that much time between them. */
  private static final Duration SETTLE = Duration.ofMillis(500);

  private final Function<SecureContextOptions, DefaultSecureContext> loader;
  private final CredentialReader reader;
  private final Place place;
  private final Duration interval;
  private final SettledLooks looks;
  private final ExpiryStages expiries;
  private final Event<TlsException> failures = new Event<>();
  private final Event<CertificateExpiry> expiring = new Event<>();
  private final FolderEvents.Watch folders;
  private String inForceId;
  private String refusedId = "";
  private volatile boolean closed;
  private Loop.@Nullable Timer pending;

  /**
   * Where it lives.
   *
   * @param loop for timers
   * @param executor where files are read and contexts are loaded
   * @param folders tells of changes
   * @param clock by which certificates are judged
   * @param observers those who watch everything
   * @param export makes engines of JSSE
   * @param onClosed told when it looks no more
   */
  record Place(
      Loop loop,
      Executor executor,
      FolderEvents folders,
      InstantSource clock,
      List<TlsListener> observers,
      EngineExport export,
      Consumer<WatchedContext> onClosed) {}

  /** Begins with what was read already, and follows it from now on. */
  DefaultWatchedContext(
      CredentialFiles files,
      CredentialReader reader,
      CredentialReader.Look first,
      Function<SecureContextOptions, DefaultSecureContext> loader,
      Place place) {
    super(loader.apply(first.options()), loader, place.observers(), place.export());
    this.loader = loader;
    this.reader = reader;
    this.place = place;
    this.interval = files.interval();
    this.inForceId = first.id();
    this.looks = new SettledLooks(first.id());
    this.expiries = new ExpiryStages(files.warnBefore());
    this.folders = place.folders().watch(reader.folders(), () -> later(SETTLE));
    later(SETTLE);
  }

  // --- when

  /** One look is pending at most; what comes sooner, or after a change, counts. */
  private void later(Duration time) {
    synchronized (looks) {
      if (closed) {
        return;
      }
      Loop.Timer before = pending;
      if (before != null) {
        before.cancel();
      }
      try {
        pending = place.loop().schedule(time, this::start);
      } catch (RejectedExecutionException loopIsGone) {
        closed = true;
      }
    }
  }

  private void start() {
    try {
      place.executor().execute(this::look);
    } catch (RejectedExecutionException executorIsGone) {
      close();
    }
  }

  // --- looking

  private synchronized void look() {
    if (closed) {
      return;
    }
    boolean settled = true;
    try {
      settled = step();
      tellExpiries();
    } finally {
      later(settled ? interval : SETTLE);
    }
  }

  /** False if something is changing. */
  private boolean step() {
    String id;
    CredentialReader.@Nullable Look look = null;
    @Nullable TlsException problem = null;
    try {
      look = reader.look();
      id = look.id();
    } catch (TlsException missing) {
      problem = missing;
      id = missing.getMessage();
    }
    switch (looks.look(id)) {
      case NOTHING -> {
        return true;
      }
      case LOOK_AGAIN -> {
        return false;
      }
      default -> {
        if (look == null || problem != null) {
          refused(id, problem);
        } else {
          take(look);
        }
        return true;
      }
    }
  }

  private void take(CredentialReader.Look look) {
    try {
      apply(look);
    } catch (TlsException refused) {
      refused(look.id(), refused);
    }
  }

  /** True if it was put in force; false if it is. */
  private boolean apply(CredentialReader.Look look) {
    if (look.id().equals(inForceId)) {
      refusedId = "";
      return false;
    }
    try {
      DefaultSecureContext next = loader.apply(look.options());
      requireValid(next);
      replace(next);
    } catch (TlsException known) {
      throw known;
    } catch (RuntimeException thrown) {
      throw Failures.ofProvider(thrown);
    }
    inForceId = look.id();
    refusedId = "";
    return true;
  }

  /** What no peer would accept does not replace what all accept; it may do so later. */
  private void requireValid(DefaultSecureContext next) {
    Instant now = place.clock().instant();
    if (!OwnCertificates.of(inForce()).stream().allMatch(one -> isValid(one, now))) {
      return;
    }
    for (X509Certificate certificate : OwnCertificates.of(next)) {
      if (!isValid(certificate, now)) {
        boolean early = now.isBefore(OwnCertificates.begins(certificate));
        if (early) {
          looks.retry();
        }
        throw new ConfigurationException(
            ErrorCode.ERR_TLS_OWN_CERT_NOT_VALID,
            "the certificate of "
                + certificate.getSubjectX500Principal()
                + (early
                    ? " is not valid before " + OwnCertificates.begins(certificate)
                    : " has expired on " + OwnCertificates.ends(certificate))
                + ", and the one in force is valid: that one stays");
      }
    }
  }

  private static boolean isValid(X509Certificate certificate, Instant now) {
    return !now.isBefore(OwnCertificates.begins(certificate))
        && now.isBefore(OwnCertificates.ends(certificate));
  }

  private void refused(String id, @Nullable TlsException why) {
    if (why == null || id.equals(refusedId)) {
      return;
    }
    refusedId = id;
    LOG.log(
        System.Logger.Level.WARNING,
        "changed credential files are not used, the old ones stay: " + why.getMessage());
    Observers.tell(place.observers(), observer -> observer.contextReloadFailed(why));
    Observers.emit(failures, why);
  }

  @Override
  public CompletionStage<Boolean> check() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    try {
      place.executor().execute(() -> check(done));
    } catch (RejectedExecutionException executorIsGone) {
      done.complete(false);
    }
    return done.minimalCompletionStage();
  }

  private synchronized void check(CompletableFuture<Boolean> done) {
    try {
      CredentialReader.Look look = reader.look();
      looks.take(look.id());
      done.complete(apply(look));
    } catch (RuntimeException thrown) {
      done.completeExceptionally(thrown);
    }
  }

  // --- what is told

  private void tellExpiries() {
    Instant now = place.clock().instant();
    DefaultSecureContext context = inForce();
    List<X509Certificate> ours = OwnCertificates.of(context);
    expiries.keep(
        ours.stream()
            .map(one -> OwnCertificates.fingerprint(context, one))
            .collect(Collectors.toSet()));
    for (X509Certificate certificate : ours) {
      String id = OwnCertificates.fingerprint(context, certificate);
      Instant ends = OwnCertificates.ends(certificate);
      if (expiries.tells(id, OwnCertificates.begins(certificate), ends, now)) {
        tell(
            new CertificateExpiry(
                certificate.getSubjectX500Principal().getName(),
                id,
                ends,
                Duration.between(now, ends)));
      }
    }
  }

  private void tell(CertificateExpiry expiry) {
    LOG.log(
        System.Logger.Level.WARNING,
        "the certificate of "
            + expiry.subject()
            + (expiry.expired() ? " has expired on " : " expires on ")
            + expiry.expires()
            + ": renew it");
    Observers.tell(place.observers(), observer -> observer.certificateExpires(expiry));
    Observers.emit(expiring, expiry);
  }

  @Override
  public WatchedContext onReload(Consumer<ContextReload> listener) {
    super.onReload(listener);
    return this;
  }

  @Override
  public WatchedContext onReloadFailed(Consumer<TlsException> listener) {
    failures.add(listener);
    return this;
  }

  @Override
  public WatchedContext onExpiry(Consumer<CertificateExpiry> listener) {
    expiring.add(listener);
    return this;
  }

  @Override
  public void close() {
    synchronized (looks) {
      closed = true;
      Loop.Timer timer = pending;
      pending = null;
      if (timer != null) {
        timer.cancel();
      }
    }
    folders.close();
    place.onClosed().accept(this);
  }
}
