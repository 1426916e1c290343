package io.tlsport.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a JVM of its own, for signals and for another class path. */
final class ChildProgram implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern CLASS_PATH = Pattern.compile(Pattern.quote(File.pathSeparator));
  private static final Pattern PORT = Pattern.compile("\"event\":\"listening\".*\"port\":(\\d+)");

  private final Process process;
  private final Path errors;

  private ChildProgram(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /** Starts it on the class path of the tests. */
  static ChildProgram start(String... arguments) throws IOException {
    return start(Main.class, System.getProperty("java.class.path"), List.of(), arguments);
  }

  /** Starts it with what the provider {@code jdk} needs of Java's internals open to it. */
  static ChildProgram startOpen(String... arguments) throws IOException {
    return start(
        Main.class,
        System.getProperty("java.class.path"),
        List.of("--add-opens=java.base/sun.security.ssl=ALL-UNNAMED"),
        arguments);
  }

  /** Starts it without the jars whose names contain {@code missing}, with these options of Java. */
  static ChildProgram startWithout(String missing, List<String> options, String... arguments)
      throws IOException {
    String classPath =
        CLASS_PATH
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(part -> !part.contains(missing))
            .collect(Collectors.joining(File.pathSeparator));
    return start(Main.class, classPath, options, arguments);
  }

  /** Starts it on the FIPS class path, in approved-only mode. */
  static ChildProgram startFips(String... arguments) throws IOException {
    return startFips(Main.class, arguments);
  }

  /** Starts another program on the FIPS class path, in approved-only mode. */
  static ChildProgram startFips(Class<?> program, String... arguments) throws IOException {
    List<String> parts =
        CLASS_PATH
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(part -> !part.contains("-jdk18on-"))
            .collect(Collectors.toCollection(ArrayList::new));
    try (Stream<Path> jars = Files.list(Path.of("target", "fips"))) {
      jars.forEach(jar -> parts.add(jar.toString()));
    }
    return start(
        program,
        String.join(File.pathSeparator, parts),
        List.of("-Dorg.bouncycastle.fips.approved_only=true"),
        arguments);
  }

  private static ChildProgram start(
      Class<?> program, String classPath, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("tls", ".err");
    return new ChildProgram(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** The port, once it listens; with {@code --json}. */
  int port() throws IOException {
    String line = line();
    Matcher matcher = PORT.matcher(line);
    if (!matcher.find()) {
      throw new AssertionError("not listening: " + line + errors());
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** The next line of its output. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = process.getInputStream().read(); next != '\n'; ) {
      if (next < 0) {
        throw new AssertionError("its output has ended: " + line + errors());
      }
      line.append((char) next);
      next = process.getInputStream().read();
    }
    return line.toString();
  }

  /** The rest of its output. */
  String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What it said on standard error. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Sends it a signal. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  /** Its exit status. */
  int status() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + errors());
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
