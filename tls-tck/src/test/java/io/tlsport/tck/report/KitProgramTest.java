package io.tlsport.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.tck.acme.AcmeProviderFactory;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit as a program, on the provider of the walk-through, in a jar of its own. */
class KitProgramTest {
  private static final String SERVICE = "META-INF/services/io.tlsport.spi.TlsProviderFactory";

  @TempDir Path folder;

  private record Result(int status, List<String> lines) {
    boolean has(String... parts) {
      return lines.stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains));
    }
  }

  /** In this JVM, where no provider is registered. */
  private static Result here(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status = new KitProgram(new PrintStream(out, true, StandardCharsets.UTF_8)).run(arguments);
    return new Result(status, out.toString(StandardCharsets.UTF_8).lines().toList());
  }

  /** In a JVM of its own, with the jar on its class path. */
  private Result onJar(Path jar, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dio.netty.leakDetection.level=paranoid",
                "-cp",
                jar + File.pathSeparator + System.getProperty("java.class.path"),
                KitProgram.class.getName(),
                "--provider-jar",
                jar.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return new Result(status, out.lines().toList());
  }

  private Path jar(String service) throws Exception {
    Path jar = folder.toRealPath().resolve("acme.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(SERVICE));
      out.write(service.getBytes(StandardCharsets.UTF_8));
      for (String name : classes()) {
        out.putNextEntry(new JarEntry("io/tlsport/tck/acme/" + name));
        try (var in = AcmeProviderFactory.class.getResourceAsStream(name)) {
          out.write(in.readAllBytes());
        }
      }
    }
    return jar;
  }

  private static List<String> classes() throws Exception {
    Path compiled =
        Path.of(
            AcmeProviderFactory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(compiled.resolve("io/tlsport/tck/acme"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("Acme"))
          .toList();
    }
  }

  @Test
  void runsAContractOnTheProviderOfAJar() throws Exception {
    Result result =
        onJar(jar(AcmeProviderFactory.class.getName()), "--contract", "alpn", "--rule", "8.1");
    assertEquals(0, result.status(), result::toString);
    assertTrue(result.has("\"event\":\"kit\"", "\"provider\":\"acme\"", "\"1.0\""));
    assertTrue(
        result.has("\"event\":\"result\"", "\"rule\":\"8.1\"", "TLSv1.2", "\"outcome\":\"ok\""));
    assertTrue(result.has("\"event\":\"end\"", "\"failed\":0"), result::toString);
  }

  @Test
  void whatTheProviderHasNotIsRefusedWithItsReason() throws Exception {
    Result result =
        onJar(jar(AcmeProviderFactory.class.getName()), "--contract", "KeyingMaterials");
    assertEquals(0, result.status(), result::toString);
    assertTrue(
        result.has("\"outcome\":\"refused\"", "does not do KEYING_MATERIAL"), result::toString);
  }

  @Test
  void jarThatRegistersNothingIsWrongUsage() throws Exception {
    Result result = onJar(jar("# nothing\n"));
    assertEquals(2, result.status(), result::toString);
    assertTrue(result.has("registers no provider", SERVICE), result::toString);
  }

  @Test
  void wrongArgumentsAreToldInOneLine() {
    for (List<String> arguments :
        List.of(
            List.of("--contract", "nosuch"),
            List.of("--rule", "99.1"),
            List.of("--rule"),
            List.of("--frobnicate"),
            List.of("--provider", "nosuch"))) {
      Result result = here(arguments.toArray(String[]::new));
      assertEquals(2, result.status(), arguments::toString);
      assertEquals(1, result.lines().size(), result::toString);
      assertTrue(result.has("\"event\":\"error\""), result::toString);
    }
  }
}
