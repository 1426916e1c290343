package io.tlsport.cli;

import io.tlsport.Address;
import io.tlsport.Capability;
import io.tlsport.ConnectOptions;
import io.tlsport.ProtocolVersion;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.Session;
import io.tlsport.Support;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.TlsException;
import io.tlsport.UnsupportedFeatureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every provider as server and as client of every other, by real handshakes over loopback. */
final class PairMatrix implements AutoCloseable {
  private static final int STEP_SECONDS = 20;
  private static final byte[] TEXT = "there and back\n".getBytes(StandardCharsets.US_ASCII);
  private static final List<ProtocolVersion> VERSIONS =
      List.of(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_3);

  private final Map<String, Tls> runtimes = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Map<KeyType, PairIdentities> identities = new EnumMap<>(KeyType.class);

  /** Starts every provider of these that runs here. */
  PairMatrix(
      List<ProviderStatus> providers, CertificateMaker maker, boolean internals, boolean fips)
      throws GeneralSecurityException {
    for (KeyType type : KeyType.values()) {
      // The FIPS module that this project takes makes no Ed25519 keys in approved mode.
      if (!(maker.isFips() && type == KeyType.ED25519)) {
        identities.put(type, PairIdentities.make(maker, type));
      }
    }
    for (ProviderStatus provider : providers) {
      String name = provider.info().name();
      if (provider.unavailable().isPresent()) {
        absent.put(name, provider.unavailable().get());
      } else {
        Tls.Builder builder = Tls.builder().provider(name).internals(internals);
        runtimes.put(name, (fips ? builder.requireFips() : builder).build());
      }
    }
  }

  /** Tries everything; {@code done} hears of each cell. */
  List<PairCell> run(Consumer<PairCell> done) {
    List<String> names = new ArrayList<>(runtimes.keySet());
    names.addAll(absent.keySet());
    List<PairCell> cells = new ArrayList<>();
    for (String server : names) {
      for (String client : names) {
        for (ProtocolVersion version : VERSIONS) {
          for (KeyType key : identities.keySet()) {
            for (PairFeature feature : PairFeature.values()) {
              PairCell cell = cell(new Trial(server, client, version, key, feature));
              cells.add(cell);
              done.accept(cell);
            }
          }
        }
      }
    }
    return cells;
  }

  private record Trial(
      String server, String client, ProtocolVersion version, KeyType key, PairFeature feature) {
    PairCell cell(Verdict verdict, String reason) {
      return new PairCell(
          server,
          client,
          version.id(),
          key.name().toLowerCase(Locale.ROOT),
          feature.word(),
          verdict,
          reason);
    }
  }

  private PairCell cell(Trial trial) {
    for (String name : List.of(trial.server(), trial.client())) {
      if (absent.containsKey(name)) {
        return trial.cell(Verdict.REFUSED, absent.get(name));
      }
    }
    Optional<String> lack = refusal(trial);
    if (lack.isPresent()) {
      return trial.cell(Verdict.REFUSED, lack.get());
    }
    try {
      return connect(trial)
          .map(wrong -> wrong(trial, wrong))
          .orElseGet(() -> trial.cell(Verdict.OK, ""));
    } catch (UnsupportedFeatureException refused) {
      return trial.cell(Verdict.REFUSED, refused.provider() + ": " + refused.reason());
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof UnsupportedFeatureException refused
          ? trial.cell(Verdict.REFUSED, refused.provider() + ": " + refused.reason())
          : trial.cell(Verdict.FAILED, String.valueOf(failed.getCause()));
    } catch (TlsException | IOException failed) {
      return trial.cell(Verdict.FAILED, String.valueOf(failed.getMessage()));
    } catch (TimeoutException late) {
      return trial.cell(Verdict.FAILED, "not done within " + STEP_SECONDS + " s");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return trial.cell(Verdict.FAILED, "interrupted");
    }
  }

  /** What one of them says that it cannot do, whatever the other can. */
  private Optional<String> refusal(Trial trial) {
    List<Capability> needs = new ArrayList<>();
    trial.feature().needs().ifPresent(needs::add);
    if (trial.key() == KeyType.ED25519) {
      needs.add(Capability.ED25519);
    }
    return Stream.of(trial.server(), trial.client())
        .distinct()
        .flatMap(name -> needs.stream().flatMap(need -> lack(name, need, trial).stream()))
        .findFirst();
  }

  private Optional<String> lack(String provider, Capability capability, Trial trial) {
    Support support = tls(provider).capabilities().of(capability);
    return support.covers(trial.version())
        ? Optional.empty()
        : ProviderStatus.reason(support).map(reason -> provider + ": " + reason);
  }

  /** Where a server resumes by tickets alone, a client without them has nothing to resume. */
  private PairCell wrong(Trial trial, String wrong) {
    return (trial.feature() == PairFeature.RESUMPTION
            ? lack(trial.client(), Capability.SESSION_TICKET, trial)
            : Optional.<String>empty())
        .map(reason -> trial.cell(Verdict.REFUSED, reason))
        .orElseGet(() -> trial.cell(Verdict.FAILED, wrong));
  }

  private Tls tls(String provider) {
    Tls tls = runtimes.get(provider);
    if (tls == null) {
      throw new IllegalStateException(provider + " was not started");
    }
    return tls;
  }

  private Optional<String> connect(Trial trial)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    BlockingQueue<TLSSocket> accepted = new LinkedBlockingQueue<>();
    try (Server server =
        tls(trial.server())
            .createServer(
                serverOptions(trial),
                socket -> {
                  accepted.add(socket);
                  socket.pipeTo(socket);
                })) {
      Address address = within(server.listen(0, "127.0.0.1"));
      Optional<Session> session = Optional.empty();
      if (trial.feature().again()) {
        session = first(trial, address);
        accepted.clear();
        if (session.isEmpty()) {
          return Optional.of("the first connection brought no session");
        }
      }
      TLSSocket client = tls(trial.client()).connect(clientOptions(trial, address, session));
      try {
        within(client.secured());
        TLSSocket peer = accepted.poll(STEP_SECONDS, TimeUnit.SECONDS);
        if (peer == null) {
          return Optional.of("the server saw no connection");
        }
        return echoes(client) ? trial.feature().wrong(client, peer) : Optional.of("no echo");
      } finally {
        client.destroy();
      }
    }
  }

  /** A session comes with the handshake, or in TLS 1.3 with the server's first data or later. */
  private Optional<Session> first(Trial trial, Address address)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    TLSSocket client = tls(trial.client()).connect(clientOptions(trial, address, Optional.empty()));
    CompletableFuture<Session> told = new CompletableFuture<>();
    client.onSession(told::complete);
    try {
      within(client.secured());
      if (!echoes(client)) {
        return Optional.empty();
      }
      return Optional.of(told.get(1, TimeUnit.SECONDS));
    } catch (TimeoutException none) {
      return client.session();
    } finally {
      client.end();
    }
  }

  private static boolean echoes(TLSSocket client)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    CompletionStage<Void> written = client.write(TEXT);
    InputStream in = client.inputStream();
    byte[] back = in.readNBytes(TEXT.length);
    within(written);
    return Arrays.equals(TEXT, back);
  }

  private PairIdentities identities(Trial trial) {
    PairIdentities found = identities.get(trial.key());
    if (found == null) {
      throw new IllegalStateException("no identities of " + trial.key());
    }
    return found;
  }

  private ServerOptions serverOptions(Trial trial) {
    PairIdentities made = identities(trial);
    ServerOptions.Builder options =
        ServerOptions.builder()
            .context(
                c ->
                    c.key(made.serverKey())
                        .cert(made.serverCertificate())
                        .ca(made.ca())
                        .minVersion(trial.version())
                        .maxVersion(trial.version()));
    trial.feature().server(options, made);
    return options.build();
  }

  private ConnectOptions clientOptions(Trial trial, Address address, Optional<Session> session) {
    PairIdentities made = identities(trial);
    ConnectOptions.Builder options =
        ConnectOptions.builder()
            .host("localhost")
            .port(address.port())
            .servername("localhost")
            .context(
                c -> {
                  c.ca(made.ca()).minVersion(trial.version()).maxVersion(trial.version());
                  trial.feature().client(c, made);
                });
    trial.feature().client(options, made);
    PairFeature.resume(options, session);
    return options.build();
  }

  private static <T> T within(CompletionStage<T> stage)
      throws ExecutionException, TimeoutException, InterruptedException {
    return stage.toCompletableFuture().get(STEP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    runtimes.values().forEach(Tls::close);
  }
}
