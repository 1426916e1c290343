package io.tlsport.bench;

import io.netty.handler.ssl.OpenSsl;
import io.netty.util.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.conscrypt.Conscrypt;

/** What was measured, and where. */
final class Versions {
  private static final int PATIENCE_SECONDS = 10;

  private Versions() {}

  static Optional<String> node() {
    return said(List.of("node", "--version")).map(version -> version.replaceFirst("^v", ""));
  }

  static Optional<String> openssl() {
    return said(List.of("openssl", "version"))
        .map(version -> version.replaceFirst("^OpenSSL (\\S+).*", "$1"));
  }

  private static Optional<String> said(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String first = lines.readLine();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? Optional.ofNullable(first) : Optional.empty();
      }
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  static Optional<String> vertx() {
    try (InputStream version =
        Versions.class.getResourceAsStream("/META-INF/vertx/vertx-version.txt")) {
      return version == null
          ? Optional.empty()
          : Optional.of(new String(version.readAllBytes(), StandardCharsets.UTF_8).trim());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  static Optional<String> tcnativeAbsence() {
    try {
      return OpenSsl.isAvailable()
          ? Optional.empty()
          : Optional.of("its library does not load: " + OpenSsl.unavailabilityCause().getMessage());
    } catch (LinkageError missing) {
      return Optional.of("its classes are not on the class path");
    }
  }

  /** Everything in lines of Markdown. */
  static List<String> lines() {
    return Stream.of(
            Optional.of("machine: " + machine()),
            Optional.of(
                "Java "
                    + Runtime.version()
                    + " ("
                    + System.getProperty("java.vm.name")
                    + "), "
                    + System.getProperty("os.name")
                    + " "
                    + System.getProperty("os.version")),
            Optional.of(
                "Netty "
                    + netty()
                    + ", Conscrypt "
                    + Conscrypt.version().major()
                    + "."
                    + Conscrypt.version().minor()
                    + "."
                    + Conscrypt.version().patch()
                    + ", Bouncy Castle "
                    + new BouncyCastleProvider().getVersionStr()),
            vertx().map(version -> "Vert.x " + version),
            tcnativeAbsence().isPresent()
                ? Optional.<String>empty()
                : Optional.of("tcnative on " + OpenSsl.versionString()),
            node().map(version -> "Node " + version),
            openssl().map(version -> "OpenSSL " + version))
        .flatMap(Optional::stream)
        .toList();
  }

  private static String netty() {
    Version handler = Version.identify().get("netty-handler");
    return handler == null ? "of unknown version" : handler.artifactVersion();
  }

  private static String machine() {
    String cores = Runtime.getRuntime().availableProcessors() + " cores";
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim() + ", " + cores)
          .orElse(cores);
    } catch (IOException unknown) {
      return cores;
    }
  }
}
