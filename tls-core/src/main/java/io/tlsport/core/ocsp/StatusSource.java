package io.tlsport.core.ocsp;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Carries a request to a responder. */
@FunctionalInterface
interface StatusSource {
  /** The answer; a stage that failed if there is none. */
  CompletionStage<byte[]> ask(URI responder, byte[] request);
}
