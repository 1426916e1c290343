package io.tlsport.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents show is what is compiled and tested here, and it is short. */
class IntegrationsDocumentTest {
  private static final int MOST_LINES = 60;
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("tlsport.root")));

  private static List<Path> sources() throws IOException {
    Path folder = ROOT.resolve("examples-integrations/src/main/java/io/tlsport/integrations");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("package-info.java")).toList();
    }
  }

  private static String words(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining(" ")).strip();
  }

  @Test
  void everySnippetIsCompiled() throws IOException {
    StringBuilder code = new StringBuilder();
    for (Path source : sources()) {
      code.append(words(Files.readString(source))).append(' ');
    }
    int snippets = 0;
    for (String page : List.of("docs/integrations.md", "docs/from-netty.md")) {
      var found = SNIPPET.matcher(Files.readString(ROOT.resolve(page)));
      while (found.find()) {
        snippets++;
        for (String piece : found.group(1).split("\n\n", -1)) {
          assertTrue(code.indexOf(words(piece)) >= 0, () -> page + " has another: " + piece);
        }
      }
    }
    assertEquals(14, snippets);
  }

  @Test
  void everyExampleIsShownAndShort() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/integrations.md"));
    for (Path source : sources()) {
      assertTrue(page.contains(source.toFile().getName()), () -> "no link to " + source);
      long lines =
          Files.readAllLines(source).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.matches("(import|package|/\\*\\*|//|\\*).*"))
              .count();
      assertTrue(lines <= MOST_LINES, () -> source + " has " + lines + " lines of code");
    }
  }
}
