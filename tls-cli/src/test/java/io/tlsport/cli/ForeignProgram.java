package io.tlsport.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program that somebody else wrote, as a peer. */
final class ForeignProgram implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;
  private static final Pattern PATH = Pattern.compile(Pattern.quote(File.pathSeparator));

  private final Process process;
  private final BufferedReader reader;
  private final Path errors;
  private final StringBuilder said = new StringBuilder();

  private ForeignProgram(Process process, Path errors) {
    this.process = process;
    this.reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.errors = errors;
  }

  /** True if it is on the path; if not, that is printed. */
  static boolean isInstalled(String name) {
    boolean found =
        PATH.splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!found) {
      System.out.println(name + " is not installed here: nothing is said about it as a peer");
    }
    return found;
  }

  /** Starts it. */
  static ForeignProgram start(List<String> command) throws IOException {
    Path errors = Files.createTempFile("peer", ".err");
    return new ForeignProgram(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** Writes to its standard input. */
  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends its standard input. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** The first group of the first line of its output that matches. */
  String await(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    for (String line = line(); line != null; line = line()) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        return matcher.groupCount() > 0 ? matcher.group(1) : line;
      }
    }
    throw new AssertionError("no " + pattern + " in its output\n" + Files.readString(errors));
  }

  private @Nullable String line() throws IOException {
    String line = reader.readLine();
    if (line != null) {
      said.append(line).append('\n');
    }
    return line;
  }

  /** All that it says until it ends. */
  String said() throws IOException {
    while (line() != null) {
      // It is kept.
    }
    return said.toString();
  }

  /** Its exit status. */
  int status() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end\n" + Files.readString(errors));
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
