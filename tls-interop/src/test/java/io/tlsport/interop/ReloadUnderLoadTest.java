package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Address;
import io.tlsport.ConnectOptions;
import io.tlsport.ReloadableContext;
import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Server;
import io.tlsport.ServerOptions;
import io.tlsport.TLSSocket;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.TestIdentity;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A context that is replaced again and again while clients come: none notices. The profile nightly
 * does it 1,000 times ({@code -Dtlsport.reloads=1000}).
 */
@Timeout(300)
class ReloadUnderLoadTest {
  private static final int RELOADS = Integer.getInteger("tlsport.reloads", 40);

  private static final List<TestIdentity> TURNS =
      List.of(
          Identities.server(),
          Identities.root().leaf(Identities.localhost().dns("renewed.example")));

  private static SecureContextOptions options(TestIdentity identity) {
    return SecureContextOptions.builder()
        .key(identity.key())
        .cert(identity.chain())
        .ca(Identities.ca())
        .build();
  }

  /** Clients that come one after the other until they are told to stop. */
  private static final class Visitors {
    private final Tls tls;
    private final ConnectOptions options;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong going = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Visitors(Tls tls, ConnectOptions options) {
      this.tls = tls;
      this.options = options;
    }

    void start() {
      going.incrementAndGet();
      next();
    }

    private void next() {
      if (stop.get()) {
        going.decrementAndGet();
        return;
      }
      TLSSocket socket = tls.connect(options);
      socket
          .secured()
          .whenComplete(
              (secure, failure) -> {
                if (failure != null) {
                  failures.add(failure);
                } else {
                  served.incrementAndGet();
                  socket.destroy();
                }
              });
      socket.closed().thenRun(this::next);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void nobodyNoticesThatTheContextIsReplaced(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      ReloadableContext context = tls.createReloadableContext(options(TURNS.get(0)));
      Server server =
          tls.createServer(
              ServerOptions.builder().secureContext(context).build(),
              socket -> socket.pipeTo(socket));
      Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
      server.onClientError((error, socket) -> failures.add(error));
      Address bound = Patience.await(server.listen(0, "127.0.0.1"), "the server to be bound");
      ReloadableContext trust = tls.createReloadableContext(options(TURNS.get(0)));
      ConnectOptions client =
          ConnectOptions.builder()
              .host("127.0.0.1")
              .port(bound.port())
              .servername("localhost")
              .secureContext(trust)
              .build();
      TLSSocket stays = tls.connect(client);
      StringBuilder echo = new StringBuilder();
      stays.setEncoding(java.nio.charset.StandardCharsets.US_ASCII);
      stays.onText(
          text -> {
            synchronized (echo) {
              echo.append(text);
            }
          });
      Patience.await(stays.secured(), "a connection that stays");
      Visitors visitors = new Visitors(tls, client);
      visitors.start();
      visitors.start();

      List<WeakReference<SecureContext>> replaced = new ArrayList<>();
      for (int i = 1; i <= RELOADS; i++) {
        TestIdentity next = TURNS.get(i % TURNS.size());
        replaced.add(new WeakReference<>(context.current()));
        context.replace(options(next));
        trust.replace(options(next));
        TLSSocket after = tls.connect(client);
        Patience.await(after.secured(), "the handshake after a reload");
        assertArrayEquals(next.der(), after.peerCertificate().orElseThrow().raw());
        after.destroy();
        stays.write("x");
      }
      visitors.stop.set(true);
      Patience.until(() -> visitors.going.get() == 0, () -> "the visitors to be gone");
      Patience.until(() -> length(echo) == RELOADS, () -> "the echo of the one that stays");

      assertEquals(List.of(), List.copyOf(visitors.failures), "failed handshakes of clients");
      assertEquals(List.of(), List.copyOf(failures), "failed handshakes of the server");
      assertTrue(visitors.served.get() > 0, "nobody came meanwhile");
      assertEquals(RELOADS + 1, server.contextGeneration());
      // A connection keeps the context that judges its peer.
      stays.destroy();
      Patience.await(stays.closed(), "the one that stays to be gone");
      Patience.until(
          () -> {
            ManagementFactory.getMemoryMXBean().gc();
            return held(replaced) == 0;
          },
          () -> held(replaced) + " of the replaced contexts are still held");
    }
  }

  private static long held(List<WeakReference<SecureContext>> contexts) {
    return contexts.stream().filter(context -> context.get() != null).count();
  }

  private static int length(StringBuilder text) {
    synchronized (text) {
      return text.length();
    }
  }
}
