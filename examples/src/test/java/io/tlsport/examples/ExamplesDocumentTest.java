package io.tlsport.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README.md of this module names every example with its arguments, and they are small. */
class ExamplesDocumentTest {
  private static final int MOST_LINES = 60;
  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("tlsport.root"))).resolve("examples");
  private static final Pattern USAGE = Pattern.compile("Example\\.main\\(\\s*\"((\\w+)[ A-Z_]*)\"");

  private static Stream<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("src/main/java/io/tlsport/examples"))) {
      return files.filter(file -> !file.endsWith("package-info.java")).toList().stream();
    }
  }

  @Test
  void readmeHasEveryExampleWithItsArguments() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    TreeSet<String> examples = new TreeSet<>();
    for (Path source : sources().toList()) {
      var usage = USAGE.matcher(Files.readString(source));
      if (usage.find()) {
        assertEquals(source.toFile().getName(), usage.group(2) + ".java");
        examples.add(usage.group(2));
        assertTrue(readme.contains("`" + usage.group(1) + "`"), () -> "no " + usage.group(1));
        assertTrue(
            Pattern.compile("\\bexample " + usage.group(2) + " \\w").matcher(readme).find(),
            () -> "no command runs " + usage.group(2));
      }
    }
    assertEquals(11, examples.size(), examples::toString);
  }

  @Test
  void noExampleIsLong() throws IOException {
    for (Path source : sources().filter(file -> !file.endsWith("Example.java")).toList()) {
      long lines =
          Files.readAllLines(source).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.matches("(import|package|/\\*\\*|//|\\*).*"))
              .count();
      assertTrue(lines <= MOST_LINES, () -> source + " has " + lines + " lines of code");
    }
  }
}
