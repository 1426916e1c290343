package io.tlsport.core.engine;

import io.tlsport.PlainHttp;
import io.tlsport.TlsException;
import io.tlsport.core.policy.hello.ClientHello;
import java.util.concurrent.CompletionStage;

/** Decides, once a server has read the ClientHello, which engine answers it. */
@FunctionalInterface
public interface EngineChooser {
  /** Called on the loop; completes anywhere. A failed stage is the application's failure. */
  CompletionStage<Choice> choose(ClientHello hello);

  /** What is answered to plain HTTP. */
  default PlainHttp plainHttp() {
    return PlainHttp.CLOSE;
  }

  /** What was decided. */
  sealed interface Choice {}

  /**
   * Go on with this engine.
   *
   * @param start the engine, which is to be fed the hello from its first byte
   */
  record Start(EngineStart start) implements Choice {}

  /**
   * Do not go on.
   *
   * @param error what is reported
   * @param alert what the peer is told (RFC 8446 section 6); negative: nothing by an alert
   * @param plain what the peer is told in the clear, in ASCII, if it speaks no TLS
   */
  record Refuse(TlsException error, int alert, String plain) implements Choice {
    /** Refuses by an alert alone. */
    public Refuse(TlsException error, int alert) {
      this(error, alert, "");
    }
  }
}
