package io.tlsport.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import io.netty.buffer.PooledByteBufAllocator;
import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.spi.TlsProviderFactory;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.engine.BrokenRule;
import io.tlsport.tck.toy.ToyProviderFactory;
import io.tlsport.tck.toy.ToyProviderFactory.Flaw;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Broken providers and broken tests: the kit must see what is wrong, and say it. */
class KitTest {
  private static final String TWO = "firstOfTheServersProtocolsThatTheClientOffersIsChosen";

  // --- providers

  @Test
  void honestProviderPasses() {
    EngineExecutionResults results =
        run(nested(HonestKit.class, TlsProviderTck.Alpn.class, TWO, ProtocolVersion.class));
    assertEquals(List.of("PASS", "PASS"), outcomes(results));
    assertEquals(2, results.testEvents().succeeded().count());
  }

  @Test
  void liarIsToldWhatItDeclaresAndDoesNotDo() {
    String message =
        onlyFailure(
            2, run(nested(LiarKit.class, TlsProviderTck.Alpn.class, TWO, ProtocolVersion.class)));
    assertContains(message, "TLS-8.1", "toy 1.0", "TLSv1.2", "the provider declares ALPN");
    assertContains(message, "rule:", "intent: the server decides", "declared: ALPN");
    assertContains(message, "expected: <Optional[two]> but was: <Optional.empty>");
  }

  @Test
  void hangingProviderIsStoppedByTheDeadline() {
    String message =
        onlyFailure(
            1,
            run(
                nested(
                    HangingKit.class,
                    TlsProviderTck.Handshake.class,
                    "agreesOnTheHighestVersion")));
    assertContains(message, "TLS-1.2", "waiting for secureConnect", "nothing within");
  }

  @Test
  void providerThatDeclaresNothingIsRefusedAndThatIsFine() {
    EngineExecutionResults results =
        run(nested(ModestKit.class, TlsProviderTck.Alpn.class, TWO, ProtocolVersion.class));
    assertEquals(List.of("REFUSED", "REFUSED"), outcomes(results));
    assertEquals(0, results.testEvents().failed().count());
  }

  @Test
  void defectThatPassesIsToBeRemoved() {
    String message =
        onlyFailure(
            2, run(nested(CuredKit.class, TlsProviderTck.Alpn.class, TWO, ProtocolVersion.class)));
    assertContains(message, "TLS-8.1", "remove the entry", "no protocol is ever chosen");
  }

  @Test
  void defectThatFailsIsReportedWithItsLink() {
    EngineExecutionResults results =
        run(nested(IllKit.class, TlsProviderTck.Alpn.class, TWO, ProtocolVersion.class));
    assertEquals(List.of("DEFECT", "DEFECT"), outcomes(results));
    assertEquals(0, results.testEvents().failed().count());
    assertTrue(
        entries(results).stream().anyMatch(entry -> entry.contains("https://example.org/alpn")));
  }

  // --- tests

  @Test
  void acceptingWithoutDeclaringIsAFailure() {
    String message = onlyFailure(1, run(selectClass(SilentContract.class)));
    assertContains(message, "KEY_LOG was accepted without being declared", "declared: KEY_LOG");
  }

  @Test
  void abortedTestIsAFailureAndNoSkip() {
    EngineExecutionResults results = run(selectClass(SkippingContract.class));
    assertContains(onlyFailure(1, results), "TLS-1.1");
    assertEquals(0, results.testEvents().aborted().count());
  }

  @Test
  void socketThatStaysOpenIsAFailure() {
    String message = onlyFailure(1, run(selectClass(SocketLeakingContract.class)));
    assertContains(message, "sockets of the test to be gone");
  }

  @Test
  void bufferThatIsLostFailsItsContract() {
    EngineExecutionResults results = run(selectClass(BufferLeakingContract.class));
    assertEquals(1, results.testEvents().succeeded().count());
    List<String> failures = failures(results.containerEvents().list());
    assertEquals(1, failures.size(), failures::toString);
    assertContains(failures.get(0), "buffers were lost in this contract", "LEAK");
  }

  @Test
  void testWithoutARuleIsAFailure() {
    assertContains(onlyFailure(1, run(selectClass(LawlessContract.class))), "names no @Rule");
  }

  // --- what is run

  abstract static class ToyKit extends TlsProviderTck {
    @Override
    public TlsProviderFactory factory() {
      return ToyProviderFactory.honest();
    }

    @Override
    public String knownDefects() {
      return "/no-defects.toml";
    }
  }

  static class HonestKit extends ToyKit {}

  static class LiarKit extends ToyKit {
    @Override
    public TlsProviderFactory factory() {
      return ToyProviderFactory.with(Flaw.FORGETS_ALPN);
    }
  }

  static class HangingKit extends ToyKit {
    @Override
    public TlsProviderFactory factory() {
      return ToyProviderFactory.with(Flaw.HANGS);
    }
  }

  static class ModestKit extends ToyKit {
    @Override
    public TlsProviderFactory factory() {
      return new ToyProviderFactory(
          ToyProviderFactory.honestTable()
              .put(Capability.ALPN, io.tlsport.Support.no("a modest toy"))
              .build(),
          Flaw.FORGETS_ALPN);
    }
  }

  static class CuredKit extends ToyKit {
    @Override
    public String knownDefects() {
      return "/alpn-defect.toml";
    }
  }

  static class IllKit extends LiarKit {
    @Override
    public String knownDefects() {
      return "/alpn-defect.toml";
    }
  }

  abstract static class ToyContract extends ProviderContract implements ProviderUnderTest {
    @Override
    public TlsProviderFactory factory() {
      return ToyProviderFactory.honest();
    }
  }

  static class SilentContract extends ToyContract {
    @Test
    @Rule("1.1")
    @Requires(Capability.KEY_LOG)
    void asksForNothing() {}
  }

  static class SkippingContract extends ToyContract {
    @Test
    @Rule("1.1")
    void givesUp() {
      Assumptions.abort("made by the test");
    }
  }

  static class SocketLeakingContract extends ToyContract {
    static final List<ServerSocket> LEFT = new ArrayList<>();

    @Test
    @Rule("1.1")
    void leavesASocket() throws Exception {
      LEFT.add(new ServerSocket(0));
    }
  }

  static class BufferLeakingContract extends ToyContract {
    @Test
    @Rule("1.1")
    void losesABuffer() {
      PooledByteBufAllocator.DEFAULT.heapBuffer(64).writeInt(1);
    }
  }

  static class LawlessContract extends ToyContract {
    @Test
    void namesNoRule() {}
  }

  // --- how it is run

  private static DiscoverySelector nested(
      Class<?> kit, Class<?> contract, String method, Class<?>... parameters) {
    return selectNestedMethod(List.of(kit), contract, method, parameters);
  }

  private static EngineExecutionResults run(DiscoverySelector selector) {
    return EngineTestKit.engine("junit-jupiter").selectors(selector).execute();
  }

  private static List<String> entries(EngineExecutionResults results) {
    return results
        .allEvents()
        .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
        .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
        .filter(pairs -> pairs.containsKey("tlsport.outcome"))
        .map(pairs -> pairs.get("tlsport.outcome"))
        .toList();
  }

  private static List<String> outcomes(EngineExecutionResults results) {
    return entries(results).stream().map(entry -> entry.split(" ", 2)[0]).toList();
  }

  /** The first of that many failures, of which there may be no more. */
  private static String onlyFailure(int count, EngineExecutionResults results) {
    List<String> failures = failures(results.testEvents().list());
    assertEquals(count, failures.size(), failures::toString);
    return failures.get(0);
  }

  private static List<String> failures(List<Event> events) {
    return events.stream()
        .filter(event -> event.getType() == EventType.FINISHED)
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .filter(result -> result.getStatus() == TestExecutionResult.Status.FAILED)
        .map(result -> result.getThrowable().map(KitTest::text).orElse(""))
        .collect(Collectors.toList());
  }

  private static String text(Throwable thrown) {
    return thrown instanceof BrokenRule
        ? String.valueOf(thrown.getMessage())
        : String.valueOf(thrown);
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "\"" + part + "\" is not in: " + text);
    }
  }
}
