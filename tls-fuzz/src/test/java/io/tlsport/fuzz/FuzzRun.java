package io.tlsport.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of Jazzer in a process of its own, since a process can have one. What it finds is in
 * {@code target/fuzz}: the input, and what was thrown.
 */
final class FuzzRun {
  /** By day all of a group share some seconds; by night each target has a minute and more. */
  private static final int NIGHT = Integer.getInteger("tlsport.fuzz.seconds", 0);

  /** Longer than this, on a machine that does other things too, is an endless loop. */
  private static final int LONGEST_INPUT = 10;

  private static final int LONGEST_REPORT = 4000;

  private FuzzRun() {}

  /** Those at once for so many seconds; by night one after the other. */
  static void of(List<String> targets, int day, String instrumented) {
    if (NIGHT == 0) {
      run(targets, day, instrumented);
    } else {
      targets.forEach(target -> run(List.of(target), NIGHT, instrumented));
    }
  }

  private static void run(List<String> targets, int seconds, String instrumented) {
    try {
      Path folder = empty(targets.get(0).replace('/', '-'));
      Path corpus = Files.createDirectories(folder.resolve("corpus"));
      Path seeds = Files.createDirectories(folder.resolve("seeds"));
      Path report = folder.resolve("report.txt");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-Xmx384m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-XX:+EnableDynamicAgentLoading",
              "-Djdk.attach.allowAttachSelf=true",
              "-Dio.netty.leakDetection.level=disabled",
              "-Dkeystore.pkcs12.certPbeIterationCount=10",
              "-Dkeystore.pkcs12.keyPbeIterationCount=10",
              "-Dkeystore.pkcs12.macIterationCount=10",
              "-D" + FuzzProgram.TARGETS + '=' + String.join(",", targets),
              "-D" + FuzzProgram.SEEDS + '=' + seeds));
      if (Runtime.version().feature() >= 24) {
        command.add("--enable-native-access=ALL-UNNAMED");
      }
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              "com.code_intelligence.jazzer.Jazzer",
              "--target_class=" + FuzzProgram.class.getName(),
              "--instrumentation_includes=" + instrumented,
              // Elsewhere its hooks break look-ups by method handles.
              "--custom_hook_includes=io.tlsport.**",
              "--reproducer_path=" + folder,
              "-artifact_prefix=" + folder + '/',
              "-max_total_time=" + seconds,
              "-timeout=" + LONGEST_INPUT,
              "-rss_limit_mb=3000",
              corpus.toString(),
              seeds.toString()));
      Files.writeString(folder.resolve("command.txt"), String.join(" ", command));
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(report.toFile())
              .start();
      try {
        boolean ended = process.waitFor(seconds + 120L, TimeUnit.SECONDS);
        assertTrue(ended, () -> "it did not end: " + report);
      } finally {
        process.destroyForcibly();
      }
      assertEquals(0, process.exitValue(), () -> told(report));
      assertTrue(whole(report).contains("cov: "), () -> "no coverage was seen: " + told(report));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private static Path empty(String name) throws IOException {
    Path folder = Path.of("target", "fuzz", name).toAbsolutePath();
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /** Of a finding, what was thrown; else the end of the report. */
  private static String told(Path report) {
    String all = whole(report);
    int thrown = Math.max(all.indexOf("== Java Exception"), all.indexOf("ERROR: libFuzzer"));
    int from = thrown >= 0 ? thrown : Math.max(0, all.length() - LONGEST_REPORT);
    return report + ": " + all.substring(from, Math.min(all.length(), from + LONGEST_REPORT));
  }

  private static String whole(Path report) {
    try {
      return Files.readString(report, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
