package io.tlsport.tck.engine;

import io.tlsport.tck.ChoppedTransport;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Of a kit with {@link ChoppedTransport} the contracts that depend most on how bytes come, unless
 * all are asked for. Other kits and other tests are none of its business.
 */
public final class ChoppedSelection implements PostDiscoveryFilter {
  /** Everything that reads records: handshakes, data, ends, and what can come between them. */
  private static final Set<String> ALWAYS =
      Set.of(
          "Handshake",
          "Echo",
          "Close",
          "Alpn",
          "Sni",
          "ClientAuth",
          "SecurePairs",
          "Renegotiations",
          "Ocsp");

  private final boolean everything;

  /** Made by JUnit, which finds it as a service. */
  public ChoppedSelection() {
    this(ChoppedTransport.nightly());
  }

  ChoppedSelection(boolean everything) {
    this.everything = everything;
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(
        everything || !isChopped(test) || isSelected(test),
        () -> "chosen, or not of a chopped kit",
        () -> "runs with -Dtlsport.tck.nightly=true");
  }

  private static boolean isSelected(TestDescriptor test) {
    return test.getTags().stream().map(TestTag::getName).anyMatch(ALWAYS::contains);
  }

  private static boolean isChopped(TestDescriptor test) {
    Optional<TestDescriptor> current = Optional.of(test);
    while (current.isPresent()) {
      boolean chopped =
          current
              .flatMap(TestDescriptor::getSource)
              .filter(ClassSource.class::isInstance)
              .map(source -> ((ClassSource) source).getJavaClass())
              .filter(ChoppedTransport.class::isAssignableFrom)
              .isPresent();
      if (chopped) {
        return true;
      }
      current = current.flatMap(TestDescriptor::getParent);
    }
    return false;
  }
}
