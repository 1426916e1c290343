package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tlsport.Capability;
import io.tlsport.Support;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every promise of Node's page has its rules, or a reason why it has none. */
class SeedRowsTest {
  private static final List<Row> ROWS = rows();

  /**
   * A promise of the page.
   *
   * @param id its number
   * @param title what it is
   * @param capability what a provider needs for it; empty if each can
   * @param rules the rules that prove it
   * @param remark why there are none, or what is to be said beside them
   */
  private record Row(
      String id, String title, Optional<Capability> capability, List<String> rules, String remark) {
    static Row of(String line) {
      String[] cells = line.split("\t", -1);
      return new Row(
          cells[0],
          cells[1],
          cells[2].equals("-") ? Optional.empty() : Optional.of(Capability.valueOf(cells[2])),
          cells[3].equals("-") ? List.of() : Arrays.asList(cells[3].split(" ", -1)),
          cells[4]);
    }

    Support support(ProviderStatus provider) {
      return capability.map(provider.capabilities()::of).orElse(Support.yes());
    }
  }

  private static List<Row> rows() {
    InputStream table =
        Objects.requireNonNull(SeedRowsTest.class.getResourceAsStream("seed-rows.tsv"));
    return new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Row::of)
        .toList();
  }

  @Test
  void noRowIsMissing() {
    assertEquals(
        IntStream.rangeClosed(1, 145)
            .mapToObj(number -> String.format(Locale.ROOT, "S-%03d", number))
            .toList(),
        ROWS.stream().map(Row::id).toList());
  }

  @Test
  void everyRowHasRulesThatExistOrAReason() throws IOException {
    String specification = Document.read("docs/specification.md").text();
    List<String> wrong = new ArrayList<>();
    for (Row row : ROWS) {
      if (row.rules().isEmpty() && row.remark().isBlank()) {
        wrong.add(row.id() + " has neither a rule nor a reason");
      }
      row.rules().stream()
          .filter(rule -> !specification.contains("\n**TLS-" + rule + "** "))
          .forEach(rule -> wrong.add(row.id() + " names TLS-" + rule + ", which does not exist"));
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void fromNodeHasEveryRow() throws IOException {
    List<ProviderStatus> providers = ProviderStatus.all(false, false);
    String table =
        "| row | what | works on | refused on | rules |\n| --- | --- | --- | --- | --- |\n"
            + ROWS.stream().map(row -> markdown(row, providers)).collect(Collectors.joining());
    Document.read("docs/from-node.md").withPart("rows", table).requireInPlace();
  }

  private static String markdown(Row row, List<ProviderStatus> providers) {
    String rules =
        row.rules().stream().map(rule -> "TLS-" + rule).collect(Collectors.joining(", "));
    String proof = rules.isEmpty() || row.remark().isEmpty() ? rules : rules + "; ";
    return "| "
        + String.join(
            " | ",
            row.id(),
            row.title(),
            works(row, providers),
            refused(row, providers),
            proof + row.remark())
        + " |\n";
  }

  private static String name(ProviderStatus provider) {
    return "`" + provider.info().name() + "`";
  }

  private static String works(Row row, List<ProviderStatus> providers) {
    if (row.rules().isEmpty()) {
      return "";
    }
    if (providers.stream().allMatch(provider -> row.support(provider) instanceof Support.Yes)) {
      return "all";
    }
    return providers.stream()
        .filter(provider -> row.support(provider).supported())
        .map(
            provider ->
                row.support(provider) instanceof Support.Only only
                    ? name(provider) + " (" + String.join(", ", ProviderStatus.versions(only)) + ")"
                    : name(provider))
        .collect(Collectors.joining(", "));
  }

  /** Those with the same reason together. */
  private static String refused(Row row, List<ProviderStatus> providers) {
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (ProviderStatus provider : providers) {
      ProviderStatus.reason(row.support(provider))
          .ifPresent(
              reason ->
                  reasons.computeIfAbsent(reason, first -> new ArrayList<>()).add(name(provider)));
    }
    return reasons.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .collect(Collectors.joining("; "));
  }
}
