package io.tlsport.cli;

import io.tlsport.Address;
import io.tlsport.CipherInfo;
import io.tlsport.ConnectOptions;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The seed's two examples against each other: a server that greets, asks for a certificate and
 * echoes, and a client that checks what comes back.
 *
 * @param server the server's certificate, which the client trusts
 * @param client the client's certificate, which the server trusts
 * @param internals whether vendor internals are allowed
 * @param fips whether FIPS approved mode is required
 */
record EchoDemo(Credential server, Credential client, boolean internals, boolean fips) {
  private static final byte[] GREETING = "welcome!\n".getBytes(StandardCharsets.UTF_8);
  private static final int BYTES = 256 * 1024;
  private static final int STEP_SECONDS = 20;

  /**
   * What a provider showed.
   *
   * @param provider its name
   * @param version its version
   * @param available false if it cannot run here
   * @param ok true if everything worked
   * @param protocol what was negotiated
   * @param cipher what was negotiated
   * @param authorized whether both sides accepted the other's certificate
   * @param reason what went wrong, or why it cannot run
   */
  record Outcome(
      String provider,
      String version,
      boolean available,
      boolean ok,
      Optional<String> protocol,
      Optional<String> cipher,
      Optional<Boolean> authorized,
      Optional<String> reason) {
    /** The members of its event. */
    Members members() {
      return Members.of("provider", provider)
          .with("version", version)
          .with("ok", ok)
          .with("protocol", protocol.orElse(null))
          .with("cipher", cipher.orElse(null))
          .with("authorized", authorized.orElse(null))
          .with("reason", reason.orElse(null));
    }
  }

  /** Runs both on one provider. */
  Outcome run(ProviderStatus provider) {
    if (provider.unavailable().isPresent()) {
      return without(provider, false, provider.unavailable().get());
    }
    Tls.Builder builder = Tls.builder().provider(provider.info().name()).internals(internals);
    try (Tls tls = (fips ? builder.requireFips() : builder).build()) {
      return echo(tls, provider);
    } catch (TlsException | IOException | ExecutionException | TimeoutException failed) {
      return without(provider, true, sentence(failed));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return without(provider, true, "interrupted");
    }
  }

  private static String sentence(Exception failed) {
    Throwable shown =
        failed instanceof ExecutionException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    if (shown instanceof TlsException known) {
      return known.code().code() + ": " + known.getMessage();
    }
    return shown instanceof TimeoutException
        ? "not done within " + STEP_SECONDS + " s"
        : String.valueOf(shown.getMessage());
  }

  private static Outcome without(ProviderStatus provider, boolean available, String reason) {
    return new Outcome(
        provider.info().name(),
        provider.info().version(),
        available,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reason));
  }

  private Outcome echo(Tls tls, ProviderStatus provider)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    CompletableFuture<Boolean> clientAuthorized = new CompletableFuture<>();
    Server listening =
        tls.createServer(
            ServerOptions.builder().context(identity(server, client)).requestCert(true).build(),
            socket -> {
              clientAuthorized.complete(socket.authorized());
              new EchoMode("welcome!\n").serve(socket);
            });
    Address address = within(listening.listen(0, "127.0.0.1"));
    TLSSocket socket =
        within(
            tls.connect(
                    ConnectOptions.builder()
                        .host("localhost")
                        .port(address.port())
                        .context(identity(client, server))
                        .build())
                .secured());
    boolean echoed = exchange(socket);
    boolean authorized = socket.authorized() && within(clientAuthorized);
    return new Outcome(
        provider.info().name(),
        provider.info().version(),
        true,
        echoed && authorized,
        socket.protocol().map(ProtocolVersion::id),
        socket.cipher().map(CipherInfo::name),
        Optional.of(authorized),
        echoed ? Optional.empty() : Optional.of("what came back is not what was sent"));
  }

  private static SecureContextOptions identity(Credential own, Credential trusted) {
    return SecureContextOptions.builder()
        .key(Pem.of(own.keyPem()))
        .cert(Pem.of(own.certificatePem()))
        .ca(Pem.of(trusted.certificatePem()))
        .build();
  }

  /** Sends, and reads at the same time: neither side keeps more than its quota. */
  private static boolean exchange(TLSSocket socket)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    byte[] sent = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      sent[i] = (byte) (i * 31 + i / 251);
    }
    CompletionStage<Void> written = socket.write(sent);
    InputStream in = socket.inputStream();
    byte[] greeting = in.readNBytes(GREETING.length);
    byte[] received = in.readNBytes(BYTES);
    within(written);
    socket.end();
    return Arrays.equals(greeting, GREETING) && Arrays.equals(received, sent);
  }

  private static <T> T within(CompletionStage<T> stage)
      throws ExecutionException, TimeoutException, InterruptedException {
    return stage.toCompletableFuture().get(STEP_SECONDS, TimeUnit.SECONDS);
  }
}
