package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./tls}, with a Maven and a JDK that only note what they are asked. */
class StartScriptTest {
  @TempDir Path folder;

  private Path root;
  private Path source;

  private record Result(int status, String output, String errors) {}

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeProject() throws IOException {
    root = Files.createDirectories(folder.resolve("the project"));
    Files.copy(Path.of("..", "tls"), root.resolve("tls"));
    executable(root.resolve("tls"));
    source = root.resolve("tls-api/src/main/java/A.java");
    Files.createDirectories(source.getParent());
    Files.createDirectories(root.resolve("tls-cli/src/main"));
    Files.writeString(source, "class A {}");
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    age(root.resolve("pom.xml"));
    age(source);
    script(
        "bin/mvn",
        """
        echo built >> "$FOLDER/builds"
        [ ! -e "$FOLDER/broken" ] || { echo "[ERROR] broken"; exit 1; }
        mkdir -p "OUT/lib" "OUT/bc" "OUT/fips" "OUT/kit" && cd "OUT"
        touch lib/core.jar bc/bc.jar fips/fips.jar kit/kit.jar tlsport-cli-1.jar
        """
            .replace("OUT", root.resolve("tls-cli/target/quick").toString()));
    script("jdk/bin/java", "for word in \"$@\"; do echo \"<$word>\"; done\n");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
  }

  /** Older than any build of this test. */
  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plus(Duration.ofDays(1))));
  }

  private void script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("FOLDER", folder.toString());
    builder.environment().putAll(environment);
    builder
        .environment()
        .merge("PATH", "", (path, none) -> folder.resolve("bin") + File.pathSeparator + path);
    return builder.start();
  }

  private static Result result(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + output + errors);
    }
    return new Result(process.exitValue(), output, errors);
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    return result(start(root.resolve("tls"), arguments));
  }

  private long builds() throws IOException {
    Path log = folder.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void buildsOnceAndHandsArgumentsOver() throws Exception {
    Result first = run("serve", "--session-id-context", "two words");
    assertEquals(0, first.status(), first::toString);
    assertTrue(first.output().endsWith("<serve>\n<--session-id-context>\n<two words>\n"));
    assertEquals("", first.errors());
    run("demo");
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    run();
    Files.writeString(source, "class A { int b; }");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH.plus(Duration.ofDays(40_000))));
    run();
    assertEquals(2, builds());
  }

  @Test
  void buildsAgainWhenASourceIsGone() throws Exception {
    run();
    Files.delete(source);
    run();
    assertEquals(2, builds());
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Process one = start(root.resolve("tls"), "demo");
    Process other = start(root.resolve("tls"), "demo");
    assertEquals(0, result(one).status());
    assertEquals(0, result(other).status());
    assertEquals(1, builds());
  }

  @Test
  void lockOfAKilledBuildIsNoObstacle() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(root.resolve("tls-cli/target/quick"));
    Files.createSymbolicLink(
        root.resolve("tls-cli/target/quick/run.lock"), Path.of(String.valueOf(gone.pid())));
    assertEquals(0, run("demo").status());
  }

  /** It must not be waited for: nobody will ever give it back. */
  @Test
  void lockThatCannotBeMadeIsToldOf() throws Exception {
    Files.createDirectories(root.resolve("tls-cli/target/quick"));
    Files.createFile(root.resolve("tls-cli/target/quick/run.lock"));
    Result result = run("demo");
    assertEquals(2, result.status(), result::toString);
    assertTrue(result.errors().contains("cannot make "), result::toString);
    assertEquals(0, builds());
  }

  @Test
  void brokenBuildShowsItsLogAndStops() throws Exception {
    Files.createFile(folder.resolve("broken"));
    Result broken = run("demo");
    assertEquals(2, broken.status());
    assertTrue(broken.errors().contains("[ERROR] broken"), broken::toString);
    assertEquals("", broken.output());
    Files.delete(folder.resolve("broken"));
    assertEquals(0, run("demo").status());
  }

  @Test
  void startsThroughALink() throws Exception {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Path.of("the project", "tls"));
    Result result = result(start(link, "demo"));
    assertEquals(0, result.status(), result::toString);
    assertTrue(
        result.output().contains(root.toRealPath() + "/tls-cli/target/quick/run/lib/*:"),
        result::toString);
  }

  @Test
  void fipsTakesThePlaceOfThePlainJars() throws Exception {
    Result plain = run("serve");
    assertTrue(plain.output().contains("/run/bc/*>"), plain::toString);
    Result fips = run("serve", "--fips");
    assertTrue(fips.output().contains("/run/fips/*>"), fips::toString);
    assertTrue(
        fips.output().contains("<-Dorg.bouncycastle.fips.approved_only=true>"), fips::toString);
  }

  @Test
  void newJavaIsKeptQuiet() throws Exception {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    Result result = run("serve");
    assertTrue(result.output().contains("<--enable-native-access=ALL-UNNAMED>"), result::toString);
  }

  @Test
  void peersOfTheBenchmarkAreThereForItAlone() throws Exception {
    assertTrue(run("bench").output().contains("/run/bench/*>"));
    assertFalse(run("serve").output().contains("/run/bench/*"));
  }

  @Test
  void classesAreKeptByTheFirstRunAndTakenByLaterOnes() throws Exception {
    Path kept = root.resolve("tls-cli/target/quick/run/classes-17-bc-demo.jsa").toAbsolutePath();
    environment.put("TLSPORT_CDS", "1");
    Result first = run("demo");
    assertTrue(first.output().contains("<-XX:ArchiveClassesAtExit="), first::toString);
    Files.createFile(kept);
    Result second = run("demo");
    assertTrue(second.output().contains("<-XX:SharedArchiveFile="), second::toString);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
    Result newer = run("demo");
    assertTrue(newer.output().contains("<-XX:AOTCacheOutput="), newer::toString);
  }

  @Test
  void oldJavaIsRefusedWithTheMend() throws Exception {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
    Result result = run("demo");
    assertEquals(2, result.status());
    assertTrue(result.errors().contains("is Java 11: set JAVA_HOME"), result::toString);
    assertEquals(0, builds());
  }
}
