package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import io.tlsport.ProtocolVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection without loss. Our close_notify leaves at once if the engine reads on
 * after it; if it does not, it is held back until the peer has ended, or is silent for too long. So
 * it is on clients of TLS 1.2 in any case: there it tells the server to drop what it still has to
 * send (RFC 5246 section 7.2.1), while in TLS 1.3 it ends our side only (RFC 8446 section 6.1).
 */
final class Ending {
  /** How long the peer may take to answer a close_notify that was held back. */
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final EngineDriver driver;
  private final Loop loop;
  private final DriverSettings settings;
  private final Reader reader;
  private final Writer writer;

  private boolean readsAfterEnd;
  private boolean endsAtOnce;
  private boolean waiting;
  private boolean active;
  private Loop.@Nullable Timer timer;

  Ending(EngineDriver driver, Loop loop, DriverSettings settings, Reader reader, Writer writer) {
    this.driver = driver;
    this.loop = loop;
    this.settings = settings;
    this.reader = reader;
    this.writer = writer;
  }

  /** What was negotiated, and whether the engine reads on after our close_notify. */
  void secure(ProtocolVersion version, boolean server, boolean engineReadsAfterEnd) {
    readsAfterEnd = engineReadsAfterEnd;
    endsAtOnce = engineReadsAfterEnd && (server || version == ProtocolVersion.TLS_1_3);
  }

  /** From now on our end waits for nobody. */
  void atOnce() {
    endsAtOnce = true;
  }

  /** Something came from the peer. */
  void activity() {
    active = true;
  }

  /** The application has ended its side, and everything before that was encrypted. */
  void endReady() {
    if (writer.held()) {
      // What waits behind a renegotiation comes first: it is told again then.
      return;
    }
    if (endsAtOnce || reader.peerEnded() || reader.endTold()) {
      writer.closeNotify();
    }
    settle();
  }

  /** The peer's close_notify came, and the application was told. */
  void peerEnded() {
    if (!settings.allowHalfOpen() || writer.endAsked()) {
      endOurs();
    } else {
      settle();
    }
  }

  private void endOurs() {
    if (writer.endAsked()) {
      endReady();
    } else {
      writer.end(failure -> {});
    }
  }

  /** The transport has nothing more, and all of it was delivered. */
  void transportEndReached() {
    if (reader.peerEnded()) {
      return;
    }
    if (!settings.allowTruncation()) {
      driver.fail(
          new HandshakeException(
              ErrorCode.ERR_SSL_UNEXPECTED_EOF_WHILE_READING,
              "the connection ended without close_notify: data may be missing"));
      return;
    }
    if (!reader.endTold()) {
      reader.truncationAccepted();
      driver.endWithoutNotify();
      if (driver.isOpen() && settings.allowHalfOpen() && !writer.endAsked()) {
        settle();
      } else if (driver.isOpen()) {
        writer.end(failure -> {});
        writer.closeNotify();
        driver.finish();
      }
    }
  }

  private void settle() {
    if (!driver.isOpen()) {
      return;
    }
    if (writer.ended() && reader.endTold()) {
      driver.finish();
    } else if (writer.endAsked() && !waiting) {
      waiting = true;
      arm(settings.closeTimeout());
    }
  }

  private void arm(Duration wait) {
    active = false;
    timer = loop.schedule(wait, this::silent);
  }

  /** The time-out has passed; it counts only if the peer could have been heard. */
  private void silent() {
    if (driver.phase() == Phase.RENEGOTIATION) {
      arm(settings.closeTimeout());
      return;
    }
    if (!driver.isOpen()) {
      return;
    }
    if (active || reader.holdsData()) {
      arm(settings.closeTimeout());
    } else if (writer.ended() || !readsAfterEnd) {
      writer.closeNotify();
      driver.finish();
    } else {
      writer.closeNotify();
      arm(ANSWER);
    }
  }

  void cancel() {
    Loop.Timer current = timer;
    timer = null;
    if (current != null) {
      current.cancel();
    }
  }
}
