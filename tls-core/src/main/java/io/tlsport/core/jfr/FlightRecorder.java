package io.tlsport.core.jfr;

import io.tlsport.TlsListener;
import java.util.Optional;

/** The door to the Flight Recorder, where this JVM has one. */
public final class FlightRecorder {
  private FlightRecorder() {}

  /** What writes events; empty in a JVM without the module. */
  public static Optional<TlsListener> listener() {
    return ModuleLayer.boot().findModule("jdk.jfr").map(there -> new RecordingListener());
  }
}
