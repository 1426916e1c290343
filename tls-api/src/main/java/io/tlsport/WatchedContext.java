package io.tlsport;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A secure context that follows its {@link CredentialFiles}. Files that are incomplete, that do not
 * fit each other or cannot be used change nothing: the last ones that were good stay in force, and
 * the error is told once. Listeners run on a thread of their own kind, one at a time.
 */
public interface WatchedContext extends ReloadableContext, AutoCloseable {
  @Override
  WatchedContext onReload(Consumer<ContextReload> listener);

  /**
   * Told once why the files as they are now are not used; again when they have changed and are
   * still wrong.
   */
  WatchedContext onReloadFailed(Consumer<TlsException> listener);

  /**
   * Told when one of our certificates comes near its end, when it has a day left and when it has
   * expired: once each, also for the certificates that it began with.
   */
  WatchedContext onExpiry(Consumer<CertificateExpiry> listener);

  /**
   * Looks now, and takes files that have changed without waiting whether somebody still writes
   * them.
   *
   * @return completes with true if they were taken, with false if they have not changed; fails with
   *     the reason why they are not used
   */
  CompletionStage<Boolean> check();

  /**
   * Looks no more; the context that is in force stays. Closed with its {@link Tls} at the latest.
   */
  @Override
  void close();
}
