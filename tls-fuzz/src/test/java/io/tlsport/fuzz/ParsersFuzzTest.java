package io.tlsport.fuzz;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything of the core that reads bytes or text of others, by its own branches. */
@Timeout(7200)
class ParsersFuzzTest {
  private static final int SECONDS = 5;

  static List<List<String>> groups() {
    return Targets.parsers();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void anyInputHasAnAnswerOrATypedError(List<String> group) {
    FuzzRun.of(group, SECONDS, "io.tlsport.**");
  }
}
