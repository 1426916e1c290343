package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.Support;
import java.util.ArrayList;
import java.util.List;

/**
 * The providers for people: who they are, and a table of capabilities.
 *
 * @param providers one column each
 */
record ProviderTable(List<ProviderStatus> providers) {
  /** Prints it; {@code verbose}: with the reason for each no. */
  void print(Terminal terminal, boolean verbose) {
    StringBuilder text = new StringBuilder();
    people(text);
    text.append('\n').append(table());
    if (verbose) {
      providers.forEach(provider -> reasons(text, provider));
    } else {
      text.append("\nReasons: tls providers -v\n");
    }
    terminal.print(text.toString());
  }

  private void people(StringBuilder text) {
    TextTable table = new TextTable("provider", "version", "here", "FIPS", "what it is");
    for (ProviderStatus provider : providers) {
      table.row(
          provider.info().name(),
          provider.info().version(),
          provider.unavailable().isPresent() ? "NO" : "yes",
          provider.fips().approved() ? "approved" : "no",
          provider.unavailable().orElse(provider.info().description()));
    }
    text.append(table);
  }

  private TextTable table() {
    List<String> head = new ArrayList<>(List.of("capability"));
    providers.forEach(provider -> head.add(provider.info().name()));
    TextTable table = new TextTable(head.toArray(String[]::new));
    for (Capability capability : Capability.values()) {
      List<String> row = new ArrayList<>(List.of(capability.name()));
      providers.forEach(provider -> row.add(cell(provider.capabilities().of(capability))));
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  private static String cell(Support support) {
    return support instanceof Support.Only only
        ? String.join(",", ProviderStatus.versions(only))
        : ProviderStatus.word(support);
  }

  private static void reasons(StringBuilder text, ProviderStatus provider) {
    text.append('\n').append(provider.info().name()).append(":\n");
    provider.fips().parts().forEach(part -> text.append("  FIPS: ").append(part).append('\n'));
    for (Capability capability : Capability.values()) {
      ProviderStatus.reason(provider.capabilities().of(capability))
          .ifPresent(
              reason ->
                  text.append("  ").append(capability).append(": ").append(reason).append('\n'));
    }
  }
}
