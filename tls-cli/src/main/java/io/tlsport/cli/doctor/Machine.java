package io.tlsport.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the checks look at. Everything about the process and the system that it runs on comes from
 * here, so that a test can make any machine.
 *
 * @param system system properties, by name; null where one is not set
 * @param security properties of {@code java.security}, by name; null where one is not set
 * @param jvmArguments what the JVM was started with
 * @param jcaProviders names of the installed security providers, in their order
 * @param tlsProviders names of the TLS providers that were found
 * @param resource whether a resource of that name is on the class path
 * @param root the folder that absolute paths of the system begin at
 * @param now the time
 * @param fips whether FIPS approved mode is asked for
 */
public record Machine(
    Function<String, @Nullable String> system,
    Function<String, @Nullable String> security,
    List<String> jvmArguments,
    List<String> jcaProviders,
    List<String> tlsProviders,
    Predicate<String> resource,
    Path root,
    Instant now,
    boolean fips) {
  private static final int FIRST_WITH_NATIVE_WARNINGS = 24;

  /** Keeps copies of the lists. */
  public Machine {
    jvmArguments = List.copyOf(jvmArguments);
    jcaProviders = List.copyOf(jcaProviders);
    tlsProviders = List.copyOf(tlsProviders);
  }

  /** This process. */
  public static Machine here(List<String> tlsProviders, InstantSource clock, boolean fips) {
    ClassLoader loader = Machine.class.getClassLoader();
    return new Machine(
        System::getProperty,
        Security::getProperty,
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        Arrays.stream(Security.getProviders()).map(Provider::getName).toList(),
        tlsProviders,
        name -> loader.getResource(name) != null,
        Path.of("/"),
        clock.instant(),
        fips);
  }

  /** A system property that says something. */
  Optional<String> property(String name) {
    return Optional.ofNullable(system.apply(name)).filter(value -> !value.isBlank());
  }

  /** A property of {@code java.security} that says something. */
  Optional<String> securityProperty(String name) {
    return Optional.ofNullable(security.apply(name)).filter(value -> !value.isBlank());
  }

  /** The feature version of Java, such as 17. */
  int java() {
    String version = property("java.specification.version").orElse("17");
    return Integer.parseInt(version.replaceFirst("^1\\.", ""));
  }

  /** True if this Java says something of native code. */
  boolean watchesNativeCode() {
    return java() >= FIRST_WITH_NATIVE_WARNINGS;
  }

  /** Operating system and processor, as names of native libraries spell them. */
  String platform() {
    return os() + "-" + arch();
  }

  /** {@code linux}, {@code osx}, {@code windows}, or what Java calls it. */
  String os() {
    String name = property("os.name").orElse("unknown").toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "osx";
    }
    return name.startsWith("windows") ? "windows" : name.replace(" ", "");
  }

  private String arch() {
    String arch = property("os.arch").orElse("unknown").toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "amd64", "x86_64", "x64" -> "x86_64";
      case "aarch64", "arm64" -> "aarch_64";
      default -> arch;
    };
  }

  /** File names on the class path. */
  List<String> jars() {
    return entries("java.class.path").map(Machine::fileName).toList();
  }

  /** File names on the module path, and of what lies in its folders. */
  List<String> modules() {
    return entries("jdk.module.path").flatMap(Machine::inside).map(Machine::fileName).toList();
  }

  private Stream<String> entries(String property) {
    return property(property).stream()
        .flatMap(path -> Arrays.stream(path.split(File.pathSeparator, -1)))
        .filter(entry -> !entry.isEmpty());
  }

  private static Stream<String> inside(String entry) {
    try (Stream<Path> files = Files.list(Path.of(entry))) {
      return files.map(Path::toString).toList().stream();
    } catch (IOException noFolder) {
      return Stream.of(entry);
    }
  }

  private static String fileName(String entry) {
    return entry.substring(entry.replace('\\', '/').lastIndexOf('/') + 1);
  }

  /** A path of the system. */
  Path file(String absolute) {
    return root.resolve(absolute.replaceFirst("^/", ""));
  }
}
