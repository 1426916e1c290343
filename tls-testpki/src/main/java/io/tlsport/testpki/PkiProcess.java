package io.tlsport.testpki;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The JVM that makes certificates: one request a line to it, one answer of several lines back. Its
 * class path is this artifact and the jars inside it, which are unpacked for it.
 */
final class PkiProcess {
  private static final String JARS = "META-INF/tlsport-testpki/";
  private static final String MAIN = "io.tlsport.testpki.maker.PkiMaker";
  private static final long DEADLINE_SECONDS = 60;
  private static final String OVER = "";

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private @Nullable Process process;
  private @Nullable BufferedWriter requests;
  private @Nullable Path errors;

  /** The answer of the maker: the key, then the chain, leaf first. */
  synchronized List<byte[]> make(int number, CertificateSpec spec, Optional<Integer> issuer) {
    try {
      BufferedWriter writer = requests();
      writer.write(PkiRequest.line(number, spec, issuer));
      writer.newLine();
      writer.flush();
    } catch (IOException broken) {
      throw dead("cannot be asked: " + broken.getMessage());
    }
    List<byte[]> result = new ArrayList<>();
    for (String line = answer(); !line.equals("done"); line = answer()) {
      if (line.startsWith("failed ")) {
        throw new IllegalStateException(
            "the certificate maker refuses " + spec + ": " + line.substring("failed ".length()));
      }
      result.add(Base64.getDecoder().decode(line));
    }
    return result;
  }

  private String answer() {
    String line;
    try {
      line = answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a certificate was made", interrupted);
    }
    if (line == null) {
      throw dead("did not answer within " + DEADLINE_SECONDS + " s");
    }
    if (line.equals(OVER)) {
      answers.add(OVER);
      throw dead("has ended");
    }
    return line;
  }

  private IllegalStateException dead(String what) {
    Process child = process;
    Path log = errors;
    String said = "";
    try {
      said = log == null ? "" : Files.readString(log);
    } catch (IOException unreadable) {
      said = "(its messages cannot be read: " + unreadable.getMessage() + ")";
    }
    String state = child == null || child.isAlive() ? "" : " with exit code " + child.exitValue();
    return new IllegalStateException(
        "the JVM that makes certificates " + what + state + "; it said: " + said.strip());
  }

  private BufferedWriter requests() throws IOException {
    BufferedWriter current = requests;
    if (current != null) {
      return current;
    }
    Path folder = Files.createTempDirectory("tlsport-testpki");
    Path log = folder.resolve("maker.log");
    errors = log;
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A short life with little work: do not optimise it.
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath(folder),
                MAIN)
            .redirectError(log.toFile())
            .start();
    process = child;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child, folder), "testpki-end"));
    Thread reader = new Thread(() -> read(child), "testpki-answers");
    reader.setDaemon(true);
    reader.start();
    BufferedWriter made = child.outputWriter(StandardCharsets.UTF_8);
    requests = made;
    return made;
  }

  private void read(Process child) {
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException broken) {
      // The same as its end, which is told below.
      return;
    } finally {
      answers.add(OVER);
    }
  }

  private static void end(Process child, Path folder) {
    child.destroyForcibly();
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException left) {
      // A temporary folder that stays behind harms nobody.
      return;
    }
  }

  private static String classPath(Path folder) throws IOException {
    List<String> path = new ArrayList<>();
    path.add(whereTheMakerIs().toString());
    for (String name : jarNames()) {
      Path target = folder.resolve(name);
      try (InputStream jar = resource(JARS + name)) {
        Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
      }
      path.add(target.toString());
    }
    return String.join(File.pathSeparator, path);
  }

  private static List<String> jarNames() throws IOException {
    try (BufferedReader index =
        new BufferedReader(
            new InputStreamReader(resource(JARS + "index"), StandardCharsets.UTF_8))) {
      List<String> names = new ArrayList<>();
      for (String entry : index.readLine().strip().split(";", -1)) {
        names.add(entry.substring(entry.lastIndexOf('/') + 1));
      }
      return names;
    }
  }

  private static InputStream resource(String name) {
    InputStream found = PkiProcess.class.getClassLoader().getResourceAsStream(name);
    if (found == null) {
      throw new IllegalStateException(
          name
              + " is not on the class path: the build copies it, run"
              + " `mvn -pl tls-testpki process-resources` once");
    }
    return found;
  }

  /** The jar or the folder of classes, found without loading the maker here. */
  private static Path whereTheMakerIs() {
    String file = MAIN.replace('.', '/') + ".class";
    URL found = PkiProcess.class.getClassLoader().getResource(file);
    if (found == null) {
      throw new IllegalStateException(file + " is not on the class path");
    }
    String text = found.toString();
    if (text.startsWith("jar:")) {
      return Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))));
    }
    return Path.of(URI.create(text.substring(0, text.length() - file.length())));
  }
}
