package io.tlsport.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the kit in a JVM of its own: its tests count sockets and buffers of the whole process, and
 * another version of an engine can be put in place there.
 *
 * @param classPath what it has
 * @param internals whether vendor internals are allowed
 * @param arguments what the kit is told
 */
record KitJvm(KitClassPath classPath, boolean internals, List<String> arguments) {
  private static final String PROGRAM = "io.tlsport.tck.report.KitProgram";

  /** Keeps a copy. */
  KitJvm {
    arguments = List.copyOf(arguments);
  }

  /**
   * Runs it to its end.
   *
   * @param line takes each line of its report
   * @return its exit status
   * @throws IOException if it cannot be started, or breaks off
   */
  int run(Consumer<Map<String, @Nullable Object>> line) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(KitClassPath.jvmOptions(internals));
    command.addAll(List.of("-cp", classPath.toString(), PROGRAM));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // A kit that nobody listens to would run on for minutes.
    Thread end = new Thread(process::destroy, "kit-end");
    Runtime.getRuntime().addShutdownHook(end);
    process.getOutputStream().close();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String next = lines.readLine(); next != null; next = lines.readLine()) {
        line.accept(JsonTree.object(next));
      }
      return process.waitFor();
    } finally {
      process.destroy();
      forget(end);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The JVM ends already, and the hook does its work.
      hook.setDaemon(hook.isDaemon());
    }
  }
}
