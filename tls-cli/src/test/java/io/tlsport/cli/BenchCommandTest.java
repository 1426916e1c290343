package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick form works; how fast anything is, is not asked. */
class BenchCommandTest {
  @Test
  void quickFormMeasuresAndWritesItsTables(@TempDir Path folder) throws Exception {
    Path tables = folder.resolve("tables.md");
    Path drawing = folder.resolve("ratios.svg");
    CommandRun run =
        CommandRun.start(
            "bench",
            "--quick",
            "--provider",
            "jdk",
            "--only",
            "echo",
            "--rows",
            "--rounds",
            "1",
            "--turn",
            "5",
            "--warm-up",
            "5",
            "--markdown",
            tables.toString(),
            "--plot",
            drawing.toString());
    assertEquals(0, run.status(), run::toString);
    String text = Files.readString(tables);
    assertEquals(run.output(), text);
    assertTrue(
        run.errors().contains("row 1 of 2, about 1 min left for rows: 64 B echo"), run::toString);
    assertTrue(text.contains("| 64 B echo | **"), text);
    assertTrue(text.contains("| 64 B echo, 100 connections | **"), text);
    // Only ./tls puts it on the class path.
    assertTrue(text.contains("- absent: Vert.x jdk: its classes are not on the class path"), text);
    assertTrue(Files.readString(drawing).contains("<title>SslHandler jdk: "), drawing::toString);
  }
}
