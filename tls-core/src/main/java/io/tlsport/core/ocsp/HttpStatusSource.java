package io.tlsport.core.ocsp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** By HTTP, as RFC 6960 appendix A has it. Its threads are those of the JDK's client. */
final class HttpStatusSource implements StatusSource {
  /** What a server staples at most. */
  private static final int LARGEST = 64 * 1024;

  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Asks by HTTP.
   *
   * @param timeout until the last byte of the answer
   */
  HttpStatusSource(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<byte[]> ask(URI responder, byte[] request) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CompletableFuture<byte[]> tooLong = new CompletableFuture<>();
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(
            HttpRequest.newBuilder(responder)
                .header("Content-Type", "application/ocsp-request")
                .header("Accept", "application/ocsp-response")
                .POST(BodyPublishers.ofByteArray(request))
                .build(),
            BodyHandlers.ofByteArrayConsumer(
                part ->
                    part.ifPresent(
                        bytes -> {
                          if (body.size() + bytes.length > LARGEST) {
                            tooLong.completeExceptionally(
                                new IOException("it is longer than " + LARGEST + " bytes"));
                          } else {
                            body.writeBytes(bytes);
                          }
                        })));
    CompletableFuture<byte[]> whole =
        exchange.thenCompose(
            response ->
                response.statusCode() == 200
                    ? CompletableFuture.completedFuture(body.toByteArray())
                    : CompletableFuture.failedFuture(
                        new IOException("HTTP " + response.statusCode())));
    return whole
        .applyToEither(tooLong, bytes -> bytes)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        // Also where it is late, or too long: nobody waits for the rest.
        .whenComplete((bytes, failure) -> exchange.cancel(true));
  }
}
