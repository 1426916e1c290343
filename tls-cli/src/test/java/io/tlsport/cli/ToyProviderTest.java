package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider that docs/writing-a-provider.md walks through, made into a jar as its reader would
 * make it, and held against the kit by the commands that the page shows.
 */
class ToyProviderTest {
  private static final String PAGE = "docs/writing-a-provider.md";
  private static final String SERVICE = "META-INF/services/io.tlsport.spi.TlsProviderFactory";
  private static final int MOST_LINES = 150;

  @TempDir Path folder;

  private static Path source() throws IOException {
    Document page = Document.read(PAGE);
    Matcher link = Pattern.compile("\\]\\((\\S+\\.java)\\)").matcher(page.text());
    assertTrue(link.find(), "the page links to its provider");
    return page.target(link.group(1));
  }

  private Path jar() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    StringWriter told = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    var files = compiler.getStandardFileManager(null, null, null);
    boolean compiled =
        compiler
            .getTask(
                told,
                files,
                null,
                List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path")),
                null,
                files.getJavaFileObjects(source()))
            .call();
    assertTrue(compiled, told::toString);
    Path jar = folder.resolve("acme.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> tree = Files.walk(classes)) {
      out.putNextEntry(new JarEntry(SERVICE));
      // The page shows what stands in it.
      out.write(service().getBytes(StandardCharsets.UTF_8));
      for (Path path : tree.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, out);
      }
    }
    return jar;
  }

  private static String service() throws IOException {
    return Document.read(PAGE).blocks("").stream()
        .filter(block -> block.endsWith("AcmeProviderFactory\n"))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> rules(CommandRun run, String outcome) {
    Set<String> rules = new TreeSet<>();
    for (JsonNode event : run.allEvents()) {
      if (event.get("event").textValue().equals("rule")
          && event.get("outcome").textValue().equals(outcome)) {
        rules.add(event.get("rule").textValue());
      }
    }
    return rules;
  }

  @Test
  void isShort() throws IOException {
    long lines;
    try (Stream<String> text = Files.lines(source())) {
      lines = text.count();
    }
    assertTrue(lines <= MOST_LINES, "the toy has " + lines + " lines");
  }

  @Test
  void comesToWhatThePageSays() throws IOException {
    CommandRun run =
        CommandRun.start("tck", "--provider-jar", jar().toString(), "--contract", "Alpn", "--json");
    assertEquals(1, run.status(), run::toString);
    assertEquals(Set.of("8.3", "8.4"), rules(run, "failed"), run::toString);
    assertTrue(rules(run, "ok").contains("8.1"), run::toString);
    assertTrue(run.toString().contains("\"provider\":\"acme\""), run::toString);
  }
}
