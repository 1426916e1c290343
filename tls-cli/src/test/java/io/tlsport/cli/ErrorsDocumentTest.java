package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} explains every code, and its codes are those that are given. */
class ErrorsDocumentTest {
  private static final List<String> PARTS =
      List.of("verdicts", "tls", "alerts", "credentials", "arguments", "providers", "network");

  private static final List<Row> ROWS = rows();

  private record Row(ErrorCode code, String part, boolean given, String causes, String mend) {
    static Row of(String line) {
      String[] cells = line.split("\t", -1);
      return new Row(
          ErrorCode.valueOf(cells[0]), cells[1], cells[2].equals("given"), cells[3], cells[4]);
    }

    String markdown() {
      return "| `"
          + code.code()
          + "`"
          + (given ? "" : " *(never given)*")
          + " | "
          + code.blame()
          + " | "
          + causes
          + " | "
          + mend
          + " |\n";
    }
  }

  private static List<Row> rows() {
    InputStream table =
        Objects.requireNonNull(ErrorsDocumentTest.class.getResourceAsStream("error-codes.tsv"));
    return new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Row::of)
        .toList();
  }

  @Test
  void everyCodeIsExplainedOnceAndInItsOrderWithinAPart() {
    List<ErrorCode> explained = new ArrayList<>(ROWS.stream().map(Row::code).toList());
    explained.sort(null);
    assertEquals(List.of(ErrorCode.values()), explained);
    for (Row row : ROWS) {
      assertTrue(PARTS.contains(row.part()), row::toString);
      assertTrue(row.causes().endsWith(".") && !row.mend().isEmpty(), row::toString);
    }
  }

  @Test
  void documentIsGeneratedFromTheTable() throws IOException {
    Document document = Document.read("docs/errors.md");
    for (String part : PARTS) {
      document =
          document.withPart(
              part,
              ROWS.stream()
                  .filter(row -> row.part().equals(part))
                  .map(Row::markdown)
                  .collect(
                      Collectors.joining(
                          "",
                          "| code | blame | usual causes | mend |\n| --- | --- | --- | --- |\n",
                          "")));
    }
    document.requireInPlace();
  }

  /** A code that nothing gives is a promise that nobody keeps, unless the page says so. */
  @Test
  void codesAreGivenByMainCodeOrSaidToBeNever() throws IOException {
    String code = mainCode();
    Set<ErrorCode> notGiven =
        Arrays.stream(ErrorCode.values())
            .filter(one -> !Pattern.compile("\\b" + one.name() + "\\b").matcher(code).find())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        notGiven,
        ROWS.stream()
            .filter(row -> !row.given())
            .map(Row::code)
            .collect(Collectors.toCollection(TreeSet::new)),
        "what main code gives has changed: mend the third column of error-codes.tsv");
  }

  private static String mainCode() throws IOException {
    try (Stream<Path> modules = Files.list(Document.root())) {
      StringBuilder all = new StringBuilder();
      for (Path module : modules.toList()) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main) && !module.endsWith("tls-tck")) {
          all.append(sources(main));
        }
      }
      return all.toString();
    }
  }

  private static String sources(Path main) throws IOException {
    try (Stream<Path> files = Files.walk(main)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("ErrorCode.java")) {
          text.append(Files.readString(file));
        }
      }
      return text.toString();
    }
  }
}
