package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading contexts without end. */
@Timeout(60)
class ContextChurnTest {
  private static final int CONTEXTS = 1000;
  private static final long HEAP_BOUND = 4L << 20;

  private static SecureContextOptions options() {
    TestIdentity identity = Identities.server(KeyKind.RSA_2048);
    return SecureContextOptions.builder()
        .key(identity.key())
        .cert(identity.chain())
        .ca(Identities.ca())
        .build();
  }

  private static List<WeakReference<SecureContext>> load(Tls tls, int count) {
    SecureContextOptions options = options();
    List<WeakReference<SecureContext>> loaded = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      loaded.add(new WeakReference<>(tls.createSecureContext(options)));
    }
    return loaded;
  }

  private static long heap() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Zero where the system does not tell. */
  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "conscrypt", "bcjsse", "bctls"})
  void aThousandContextsLeaveNothingBehind(String provider) {
    try (Tls tls = Tls.builder().provider(provider).build()) {
      load(tls, 100);
      long heap = heap();
      int descriptors = descriptors();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();

      List<WeakReference<SecureContext>> loaded = load(tls, CONTEXTS);

      Patience.until(
          () -> {
            ManagementFactory.getMemoryMXBean().gc();
            return loaded.stream().allMatch(reference -> reference.get() == null);
          },
          () -> "every context to be collected");
      assertEquals(CONTEXTS, loaded.size());
      loaded.clear();
      long grown = heap() - heap;
      assertTrue(grown < HEAP_BOUND, () -> "the heap has grown by " + grown + " bytes");
      assertTrue(descriptors() <= descriptors + 2, () -> "descriptors: " + descriptors());
      assertTrue(
          ManagementFactory.getThreadMXBean().getThreadCount() <= threads + 2,
          () -> "threads: " + ManagementFactory.getThreadMXBean().getThreadCount());
    }
  }
}
