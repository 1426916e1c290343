package io.tlsport.tck.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.ChoppedTransport;
import io.tlsport.tck.TlsProviderTck;
import io.tlsport.tck.toy.ToyProviderFactory;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which contracts a kit runs. */
class ChoppedSelectionTest {
  static class WholeKit extends TlsProviderTck {
    @Override
    public TlsProviderFactory factory() {
      return ToyProviderFactory.honest();
    }
  }

  static class ChoppedKit extends WholeKit implements ChoppedTransport {}

  @Test
  void choppedKitRunsSomeContractsAndEveryOneAtNight() {
    Set<String> all = contracts(WholeKit.class, false);
    assertEquals(TlsProviderTck.class.getDeclaredClasses().length, all.size());
    assertEquals(
        Set.of(
            "Handshake",
            "Echo",
            "Close",
            "Alpn",
            "Sni",
            "ClientAuth",
            "SecurePairs",
            "Renegotiations",
            "Ocsp"),
        contracts(ChoppedKit.class, false));
    assertEquals(all, contracts(ChoppedKit.class, true));
  }

  private static Set<String> contracts(Class<?> kit, boolean everything) {
    LauncherConfig alone =
        LauncherConfig.builder()
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addPostDiscoveryFilters(new ChoppedSelection(everything))
            .build();
    TestPlan plan =
        LauncherFactory.create(alone).discover(request().selectors(selectClass(kit)).build());
    Set<String> tags = new TreeSet<>();
    plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .flatMap(test -> test.getTags().stream())
        .map(TestTag::getName)
        .forEach(tags::add);
    return tags;
  }
}
