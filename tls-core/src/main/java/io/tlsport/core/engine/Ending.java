package io.tlsport.core.engine;

import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection without loss. Our close_notify leaves at once where the engine reads on
 * after it; elsewhere it is held back until the peer has ended, or is silent for too long.
 */
final class Ending {
  private final EngineDriver driver;
  private final Loop loop;
  private final DriverSettings settings;
  private final Reader reader;
  private final Writer writer;
  private boolean readsAfterEnd;
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

  /** Whether the engine of this connection reads on after our close_notify. */
  void secure(boolean engineReadsAfterEnd) {
    readsAfterEnd = engineReadsAfterEnd;
  }

  /** Something came from the peer. */
  void activity() {
    active = true;
  }

  /** The application has ended its side, and everything before that was encrypted. */
  void endReady() {
    if (readsAfterEnd || reader.peerEnded()) {
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
      if (driver.isOpen()) {
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
      arm();
    }
  }

  private void arm() {
    active = false;
    timer = loop.schedule(settings.closeTimeout(), this::silent);
  }

  /** The time-out has passed; it counts only if the peer could have been heard. */
  private void silent() {
    if (!driver.isOpen()) {
      return;
    }
    if (active || reader.holdsData()) {
      arm();
    } else {
      writer.closeNotify();
      driver.finish();
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
