package io.tlsport.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What modules say to the module path and to the class path. Reads sources, so that it needs no
 * module to be built before this one.
 */
class ServiceDescriptorsTest {
  private static final Path ROOT = Path.of(Objects.requireNonNull(property("tlsport.root")));
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern PROVIDES =
      Pattern.compile("provides\\s+([\\w.]+)\\s+with\\s+([\\w.,\\s]+);");
  private static final Pattern EXPORTS = Pattern.compile("exports\\s+([\\w.]+)\\s*;");

  private static String property(String name) {
    return System.getProperty(name);
  }

  static List<Path> modules() throws IOException {
    try (Stream<Path> all = Files.list(ROOT)) {
      return all.filter(module -> Files.isRegularFile(module.resolve("pom.xml"))).sorted().toList();
    }
  }

  static List<Path> modulesWithServices() throws IOException {
    return modules().stream().filter(module -> Files.isDirectory(services(module))).toList();
  }

  static List<Path> modulesWithServicesAndDescriptor() throws IOException {
    return modulesWithServices().stream().filter(m -> Files.exists(descriptor(m))).toList();
  }

  private static Path services(Path module) {
    return module.resolve("src/main/resources/META-INF/services");
  }

  private static Path descriptor(Path module) {
    return module.resolve("src/main/java/module-info.java");
  }

  private static String code(Path file) throws IOException {
    return COMMENT.matcher(Files.readString(file)).replaceAll("");
  }

  private static Map<String, List<String>> toTheClassPath(Path module) throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(services(module))) {
      for (Path file : files.toList()) {
        List<String> names =
            Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").trim())
                .filter(line -> !line.isEmpty())
                .toList();
        found.put(file.getFileName().toString(), names);
      }
    }
    return found;
  }

  private static Map<String, List<String>> toTheModulePath(Path module) throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    Matcher provides = PROVIDES.matcher(code(descriptor(module)));
    while (provides.find()) {
      found.put(
          provides.group(1),
          Arrays.stream(provides.group(2).split(",", -1)).map(String::trim).toList());
    }
    return found;
  }

  @Test
  void seesTheModulesThatRegisterSomething() throws IOException {
    List<String> names =
        modulesWithServices().stream().map(path -> path.getFileName().toString()).toList();
    assertTrue(names.containsAll(List.of("tls-core", "provider-jdk")), names::toString);
  }

  @ParameterizedTest
  @MethodSource("modulesWithServicesAndDescriptor")
  void registersTheSameOnBothPaths(Path module) throws IOException {
    assertEquals(toTheClassPath(module), toTheModulePath(module));
  }

  @ParameterizedTest
  @MethodSource("modulesWithServices")
  void registersClassesThatExist(Path module) throws IOException {
    for (List<String> names : toTheClassPath(module).values()) {
      assertFalse(names.isEmpty());
      for (String name : names) {
        Path source = module.resolve("src/main/java").resolve(name.replace('.', '/') + ".java");
        assertTrue(Files.exists(source), source::toString);
      }
    }
  }

  @Test
  void exportsNothingOfTheCoreButTheGuiceModule() throws IOException {
    assertEquals(List.of("io.tlsport.core.guice"), exports("tls-core"));
  }

  @Test
  void exportsTheWholeApi() throws IOException {
    assertEquals(
        List.of("io.tlsport", "io.tlsport.spi", "io.tlsport.spi.jsse"), exports("tls-api"));
  }

  private static List<String> exports(String module) throws IOException {
    Matcher exports = EXPORTS.matcher(code(descriptor(ROOT.resolve(module))));
    return exports.results().map(found -> found.group(1)).sorted().toList();
  }
}
