package io.tlsport.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM that runs the kit has on its class path: what this one has, and the kit.
 *
 * @param entries files and folders
 */
record KitClassPath(List<Path> entries) {
  private static final String PROGRAM_JAR = "tlsport-cli-";
  private static final String FOLDER = "kit";

  /** Keeps a copy. */
  KitClassPath {
    entries = List.copyOf(entries);
  }

  /** That of this process; the kit lies in the folder {@code kit} beside that of its jars. */
  static KitClassPath here() {
    List<Path> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry));
    }
    for (Path entry : List.copyOf(entries)) {
      Path folder = entry.toAbsolutePath().getParent();
      if (fileName(entry).startsWith(PROGRAM_JAR) && folder != null) {
        entries.addAll(jars(folder.resolveSibling(FOLDER)));
      }
    }
    return new KitClassPath(entries);
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> fileName(file).endsWith(".jar")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** With these in front of all others. */
  KitClassPath with(List<Path> more) {
    List<Path> all = new ArrayList<>(more);
    all.addAll(entries);
    return new KitClassPath(all);
  }

  /** With other jars in place of those of the same artifacts. */
  KitClassPath replacing(List<String> artifacts, List<Path> others) {
    List<Path> kept =
        entries.stream()
            .filter(entry -> artifacts.stream().noneMatch(name -> isOf(fileName(entry), name)))
            .toList();
    return new KitClassPath(kept).with(others);
  }

  private static boolean isOf(String jar, String artifact) {
    return jar.matches(java.util.regex.Pattern.quote(artifact) + "-\\d[^/]*\\.jar");
  }

  @Override
  public String toString() {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  /** What this JVM was started with, and what a kit needs besides. */
  static List<String> jvmOptions(boolean internals) {
    List<String> options = new ArrayList<>();
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      boolean own = argument.startsWith("-Dtlsport.cli.") || argument.startsWith("-Dsurefire.");
      if ((argument.startsWith("--") || argument.startsWith("-D")) && !own) {
        options.add(argument);
      }
    }
    options.add("-Dio.netty.leakDetection.level=paranoid");
    if (internals) {
      options.add("--add-opens=java.base/sun.security.ssl=ALL-UNNAMED");
    }
    return options;
  }
}
