package io.tlsport.tck.engine;

import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.tck.ProviderUnderTest;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Wire;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a contract whose tests lost a buffer. A lost buffer is found when the garbage collector has
 * taken it and another one is made, so that is brought about here.
 */
public final class LeakExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  /** The configuration parameter that switches it off. */
  public static final String OFF = "tlsport.tck.leaks.off";

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeakExtension.class);

  private static final Duration ENOUGH = Duration.ofSeconds(3);

  @Override
  public void beforeAll(ExtensionContext context) {
    log(context);
  }

  /** The kit is known while a test runs only, so it is remembered for the end. */
  @Override
  public void beforeEach(ExtensionContext context) {
    context
        .getRequiredTestInstances()
        .findInstance(ProviderUnderTest.class)
        .ifPresent(kit -> store(context).put(ProviderUnderTest.class, kit));
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }

  private static LeakLog log(ExtensionContext context) {
    return store(context).getOrComputeIfAbsent(LeakLog.class, type -> new LeakLog(), LeakLog.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    ProviderUnderTest kit = store(context).get(ProviderUnderTest.class, ProviderUnderTest.class);
    if (kit == null || context.getConfigurationParameter(OFF).isPresent()) {
      return;
    }
    collectGarbage();
    makeBuffers(kit);
    List<String> reports = log(context).drain();
    if (!reports.isEmpty()) {
      throw new AssertionError(
          "buffers were lost in this contract: each one that is taken must be released once; the"
              + " detector says:\n"
              + String.join("\n", reports));
    }
  }

  private static void collectGarbage() {
    WeakReference<Object> witness = new WeakReference<>(new Object());
    Patience.holdsWithin(
        () -> {
          System.gc();
          return witness.get() == null;
        },
        Patience.NORMAL);
  }

  private static void makeBuffers(ProviderUnderTest kit) {
    try (Tls tls = kit.newTls().build()) {
      makeBuffers(tls);
    }
  }

  private static void makeBuffers(Tls tls) {
    var identity = Identities.server();
    var client =
        tls.createSecurePair(SocketOptions.builder().context(c -> c.ca(Identities.ca())).build());
    var server =
        tls.createSecurePair(
            SocketOptions.builder()
                .isServer(true)
                .context(c -> c.key(identity.key()).cert(identity.chain()))
                .build());
    Wire.between(client.encrypted(), server.encrypted());
    // Whether it succeeds is for the contracts to say: here only its buffers count.
    var done = client.secured().toCompletableFuture();
    Patience.holdsWithin(done::isDone, ENOUGH);
  }
}
