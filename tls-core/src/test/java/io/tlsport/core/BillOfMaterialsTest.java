package io.tlsport.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who imports {@code tlsport-bom} gets a version for everything that is published. */
class BillOfMaterialsTest {
  private static final Path ROOT = Path.of(Objects.requireNonNull(property("tlsport.root")));
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(tlsport-[\\w-]+)<");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  /** Neither the BOM nor the program is a library. */
  private static final Set<String> NO_LIBRARIES = Set.of("tlsport-bom", "tlsport-cli");

  private static String property(String name) {
    return System.getProperty(name);
  }

  private static String bom() throws IOException {
    return Files.readString(ROOT.resolve("tls-bom/pom.xml"));
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  @Test
  void itHasEveryPublishedLibraryAndNothingElse() throws IOException {
    Set<String> published = new TreeSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path pom :
          modules.map(module -> module.resolve("pom.xml")).filter(Files::exists).toList()) {
        String text = Files.readString(pom);
        if (!text.contains("<maven.deploy.skip>true")) {

          Matcher own = ARTIFACT.matcher(text.replaceFirst("(?s)<parent>.*?</parent>", ""));
          if (own.find() && !NO_LIBRARIES.contains(own.group(1))) {
            published.add(own.group(1));
          }
        }
      }
    }
    Set<String> listed = new TreeSet<>();
    ARTIFACT
        .matcher(bom().replaceFirst("(?s).*<dependencyManagement>", ""))
        .results()
        .forEach(one -> listed.add(one.group(1)));
    assertEquals(published, listed);
  }

  @Test
  void itsVersionIsThatOfTheRest() throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    assertEquals(first(VERSION, parent), first(VERSION, bom()));
  }
}
