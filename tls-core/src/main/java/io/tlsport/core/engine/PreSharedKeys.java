package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.PskIdentity;
import io.tlsport.TlsException;
import io.tlsport.core.policy.hello.PskIdentityReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pre-shared key of one connection (RFC 4279, RFC 8446 section 4.2.11). On servers the
 * application is asked for it before the engine sees the client's identity, so that it may answer
 * late and no thread waits; on clients the engine asks.
 */
public final class PreSharedKeys {
  private static final String CALLBACK = "pskCallback";
  private static final int UNKNOWN_PSK_IDENTITY = 115;
  private static final int INTERNAL_ERROR = 80;

  /** Of more identities in one hello no key is looked up: each may cost a database a question. */
  private static final int MOST_IDENTITIES = 4;

  private final @Nullable Function<String, CompletionStage<Optional<byte[]>>> server;
  private final @Nullable Function<Optional<String>, Optional<PskIdentity>> client;
  private boolean looked;
  private volatile @Nullable PskIdentity known;
  private volatile @Nullable TlsException failure;

  private PreSharedKeys(
      @Nullable Function<String, CompletionStage<Optional<byte[]>>> server,
      @Nullable Function<Optional<String>, Optional<PskIdentity>> client) {
    this.server = server;
    this.client = client;
  }

  /** A server's, by the client's identity. */
  public static PreSharedKeys ofServer(Function<String, CompletionStage<Optional<byte[]>>> lookup) {
    return new PreSharedKeys(lookup, null);
  }

  /** A client's, by the server's hint. */
  public static PreSharedKeys ofClient(Function<Optional<String>, Optional<PskIdentity>> choice) {
    return new PreSharedKeys(null, choice);
  }

  /** What comes next on a server. */
  sealed interface Step {}

  /** The engine may go on. */
  record GoOn() implements Step {}

  /** The client's identity is not complete. */
  record Wait() implements Step {}

  /**
   * The application is asked.
   *
   * @param answer what it says; never fails
   */
  record Asked(CompletionStage<Answer> answer) implements Step {}

  /** What the application says. */
  public sealed interface Answer {}

  /** The engine has the key now. */
  public record Known() implements Answer {}

  /**
   * There is no key.
   *
   * @param error what is reported
   * @param alert what the client is told
   */
  public record Refused(TlsException error, int alert) implements Answer {
    /** True if the application was asked, and knows nobody of that name. */
    public boolean unknown() {
      return alert == UNKNOWN_PSK_IDENTITY;
    }
  }

  /** Looks, on the loop, at what a client sends after the server's first flight. */
  Step look(ByteBuffer records) {
    Function<String, CompletionStage<Optional<byte[]>>> lookup = server;
    if (lookup == null || looked) {
      return new GoOn();
    }
    PskIdentityReader.Result read = PskIdentityReader.read(records);
    if (read instanceof PskIdentityReader.Incomplete) {
      return new Wait();
    }
    looked = true;
    return read instanceof PskIdentityReader.Found found
        ? new Asked(ask(lookup, found.bytes()))
        : new GoOn();
  }

  /**
   * Asks for the first of a client's keys of TLS 1.3 that the application has, one after the other.
   *
   * @return what it says of the last one; never fails
   */
  public CompletionStage<Answer> first(List<byte[]> identities) {
    Function<String, CompletionStage<Optional<byte[]>>> lookup = server;
    return lookup == null
        ? CompletableFuture.completedFuture(unknown())
        : next(lookup, identities.subList(0, Math.min(MOST_IDENTITIES, identities.size())));
  }

  private CompletionStage<Answer> next(
      Function<String, CompletionStage<Optional<byte[]>>> lookup, List<byte[]> identities) {
    if (identities.isEmpty()) {
      return CompletableFuture.completedFuture(unknown());
    }
    List<byte[]> others = identities.subList(1, identities.size());
    return ask(lookup, identities.get(0))
        .thenCompose(
            answer ->
                answer instanceof Refused refused && refused.unknown() && !others.isEmpty()
                    ? next(lookup, others)
                    : CompletableFuture.completedFuture(answer));
  }

  private CompletionStage<Answer> ask(
      Function<String, CompletionStage<Optional<byte[]>>> lookup, byte[] sent) {
    Optional<String> identity = text(sent);
    if (identity.isEmpty() || sent.length == 0 || sent.length > PskIdentity.MAX_IDENTITY) {
      return CompletableFuture.completedFuture(unknown());
    }
    CompletionStage<Optional<byte[]>> answer;
    try {
      answer = lookup.apply(identity.get());
    } catch (Throwable thrown) {
      return CompletableFuture.completedFuture(failed(thrown));
    }
    if (answer == null) {
      return CompletableFuture.completedFuture(failed(null));
    }
    return answer.handle(
        (key, thrown) ->
            thrown != null || key == null ? failed(thrown) : answered(identity.get(), key));
  }

  private Answer answered(String identity, Optional<byte[]> key) {
    if (key.isEmpty()) {
      return unknown();
    }
    try {
      known = PskIdentity.of(identity, key.get());
      return new Known();
    } catch (TlsException refused) {
      return failed(refused);
    }
  }

  private static Answer unknown() {
    return new Refused(
        new HandshakeException(
            ErrorCode.ERR_SSL_PSK_IDENTITY_NOT_FOUND,
            "pskCallback has no key for what the client calls itself; answered with"
                + " unknown_psk_identity (115)"),
        UNKNOWN_PSK_IDENTITY);
  }

  private static Answer failed(@Nullable Throwable thrown) {
    Throwable cause = thrown == null ? new NullPointerException("no answer") : thrown;
    return new Refused(Failures.ofCallback(CALLBACK, cause), INTERNAL_ERROR);
  }

  /** A server's engine asks for the key, in a renegotiation again. */
  public Optional<byte[]> key(byte[] identity) {
    PskIdentity found = known;
    return found != null
            && Arrays.equals(found.identity().getBytes(StandardCharsets.UTF_8), identity)
        ? Optional.of(found.key())
        : Optional.empty();
  }

  /** A server's engine asks for the key of whom it cannot name. */
  public Optional<byte[]> key() {
    return Optional.ofNullable(known).map(PskIdentity::key);
  }

  /**
   * A client's engine asks who we are, before it has heard of its server.
   *
   * @return empty: no key is offered
   */
  public Optional<PskIdentity> offered() {
    Function<Optional<String>, Optional<PskIdentity>> choice = client;
    if (choice == null) {
      return Optional.empty();
    }
    try {
      return Objects.requireNonNull(choice.apply(Optional.empty()), "no answer");
    } catch (Throwable thrown) {
      TlsException ofCallback = Failures.ofCallback(CALLBACK, thrown);
      failure = ofCallback;
      throw ofCallback;
    }
  }

  /** A client's engine asks who we are, up to TLS 1.2. */
  public Optional<PskIdentity> identity(Optional<byte[]> hint) {
    Function<Optional<String>, Optional<PskIdentity>> choice = client;
    if (choice == null) {
      return Optional.empty();
    }
    try {
      Optional<PskIdentity> chosen =
          choice.apply(hint.filter(sent -> sent.length > 0).flatMap(PreSharedKeys::text));
      if (chosen.isEmpty()) {
        failure =
            new HandshakeException(
                ErrorCode.ERR_SSL_PSK_IDENTITY_NOT_FOUND,
                "pskCallback has no key for this server, which wants one");
      }
      return chosen;
    } catch (Throwable thrown) {
      failure = Failures.ofCallback(CALLBACK, thrown);
      return Optional.empty();
    }
  }

  /** Why a client has no key. */
  Optional<TlsException> failure() {
    return Optional.ofNullable(failure);
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }
}
