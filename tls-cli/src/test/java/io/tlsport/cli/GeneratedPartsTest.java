package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.Support;
import io.tlsport.TlsMeter;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents say of providers is what the providers declare. */
class GeneratedPartsTest {
  /** How a capability says that its engine may have it and the core does not drive it. */
  private static final String NOT_YET = "not driven by tlsport yet";

  private static final List<ProviderStatus> PROVIDERS = ProviderStatus.all(false, false);

  private static Support support(ProviderStatus provider, Capability capability) {
    return provider.capabilities().of(capability);
  }

  private static boolean isOpen(Support support) {
    return support instanceof Support.No no && no.reason().startsWith(NOT_YET);
  }

  private static String word(Support support) {
    if (support instanceof Support.Only only) {
      return String.join(", ", ProviderStatus.versions(only)) + " only";
    }
    return isOpen(support) ? "open" : ProviderStatus.word(support);
  }

  private static String row(String title, Function<ProviderStatus, String> cell) {
    return PROVIDERS.stream()
        .map(cell)
        .collect(Collectors.joining(" | ", "| " + title + " | ", " |\n"));
  }

  private static String head() {
    return row("", provider -> "`" + provider.info().name() + "`") + row("---", provider -> "---");
  }

  private static String rows(java.util.function.Predicate<Capability> which) {
    return Arrays.stream(Capability.values())
        .filter(which)
        .map(
            capability ->
                row("`" + capability + "`", provider -> word(support(provider, capability))))
        .collect(Collectors.joining());
  }

  /** The version of a JDK is not the project's to say. */
  private static String version(ProviderStatus provider) {
    return provider.info().name().equals("jdk") ? "the JVM's" : provider.info().version();
  }

  private static String engine(ProviderStatus provider) {
    return switch (provider.info().name()) {
      case "jdk" -> "SunJSSE";
      case "conscrypt" -> "BoringSSL";
      case "bcjsse" -> "Bouncy Castle JSSE";
      case "bctls" -> "Bouncy Castle TLS";
      default -> provider.info().description();
    };
  }

  private static String readsAfterEnd(ProviderStatus provider) {
    return provider.info().readsAfterEnd().contains(ProtocolVersion.TLS_1_3) ? "yes" : "no";
  }

  @Test
  void readmeHasWhatAtLeastOneProviderHas() throws IOException {
    String table =
        head()
            + row("engine", GeneratedPartsTest::engine)
            + row("version", GeneratedPartsTest::version)
            + row("buffers", p -> p.info().directBuffers() ? "direct" : "heap")
            + row("reads on after its own end", GeneratedPartsTest::readsAfterEnd)
            + rows(
                capability ->
                    PROVIDERS.stream().anyMatch(p -> p.capabilities().supports(capability)));
    Document.read("README.md").withPart("providers", table).requireInPlace();
  }

  @Test
  void fromNodeHasWhatIsOpen() throws IOException {
    String table =
        head()
            + rows(capability -> PROVIDERS.stream().anyMatch(p -> isOpen(support(p, capability))));
    Document.read("docs/from-node.md").withPart("open", table).requireInPlace();
  }

  @Test
  void sessionsHasWhatResumesWhere() throws IOException {
    Set<Capability> sessions =
        EnumSet.range(Capability.SESSION_RESUMPTION, Capability.SESSION_ID_CONTEXT);
    Document.read("docs/sessions.md")
        .withPart("sessions", head() + rows(sessions::contains))
        .requireInPlace();
  }

  private static String meter(TlsMeter meter) {
    return "| `"
        + meter.id()
        + "` | "
        + meter.kind().name().toLowerCase(Locale.ROOT)
        + " | "
        + meter.labels().stream()
            .map(label -> "`" + label.key() + "`")
            .collect(Collectors.joining(", "))
        + " | "
        + meter.description()
        + " |\n";
  }

  @Test
  void observabilityHasEveryMeter() throws IOException {
    String meters =
        Arrays.stream(TlsMeter.values())
            .map(GeneratedPartsTest::meter)
            .collect(
                Collectors.joining(
                    "", "| name | kind | labels | what |\n| --- | --- | --- | --- |\n", ""));
    String labels =
        Arrays.stream(TlsMeter.Label.values())
            .map(label -> "| `" + label.key() + "` | " + label.meaning() + " |\n")
            .collect(Collectors.joining("", "| label | values |\n| --- | --- |\n", ""));
    Document.read("docs/observability.md")
        .withPart("meters", meters)
        .withPart("labels", labels)
        .requireInPlace();
  }

  @Test
  void providersHasTheReasonOfEveryNo() throws IOException {
    Document document = Document.read("docs/providers.md");
    for (ProviderStatus provider : PROVIDERS) {
      document = document.withPart(provider.info().name(), reasons(provider));
    }
    document.requireInPlace();
  }

  private static String reasons(ProviderStatus provider) {
    return Arrays.stream(Capability.values())
        .filter(capability -> !(support(provider, capability) instanceof Support.Yes))
        .filter(capability -> !isOpen(support(provider, capability)))
        .map(capability -> reason(capability, support(provider, capability)))
        .collect(Collectors.joining());
  }

  private static String reason(Capability capability, Support support) {
    return "- `"
        + capability
        + "`, "
        + word(support)
        + ": "
        + ProviderStatus.reason(support).orElseThrow()
        + ".\n";
  }
}
