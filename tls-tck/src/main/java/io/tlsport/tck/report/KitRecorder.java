package io.tlsport.tck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.launcher.TestPlan;

/**
 * Records what tests of the kit came to, wherever they are run by JUnit: a folder for each class of
 * the kit, and in it a file for each contract that ran as a whole. So a run of one contract leaves
 * the record of the others as it was. The system property {@code tlsport.tck.record} names the
 * folder; without it nothing is recorded.
 */
public final class KitRecorder extends KitListener {
  private static final String FOLDER = "tlsport.tck.record";

  private final Map<String, KitRun> runs = new ConcurrentHashMap<>();

  /** Made by JUnit, which finds it as a service. */
  public KitRecorder() {}

  @Override
  void provider(String kit, String name, String version) {
    run(kit).isOf(name, version);
  }

  @Override
  void result(String kit, TestResult result) {
    run(kit).add(result);
  }

  private KitRun run(String kit) {
    return runs.computeIfAbsent(kit, name -> new KitRun());
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String folder = System.getProperty(FOLDER);
    if (folder != null && !folder.isBlank()) {
      runs.forEach((kit, run) -> record(Path.of(folder, kit), kit, run));
    }
    runs.clear();
  }

  private static void record(Path folder, String kit, KitRun run) {
    try {
      for (String contract : run.whole()) {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(contract + ".json"), json(kit, contract, run) + "\n");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the results of the kit cannot be recorded", failed);
    }
  }

  private static String json(String kit, String contract, KitRun run) {
    return Json.of(
        Json.members(
            "kit", kit,
            "provider", run.provider(),
            "version", run.version(),
            "jvm", Runtime.version().toString(),
            "contract", contract,
            "results", run.ofContract(contract).stream().map(TestResult::members).toList()));
  }
}
