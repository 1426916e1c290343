package io.tlsport.core.policy.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is taken was seen twice in a row, and what stays is taken. */
class SettledLooksProperties {
  @Provide
  Arbitrary<List<String>> looks() {
    return Arbitraries.of("a", "b", "c").list().ofMaxSize(40);
  }

  @Property(tries = 500)
  void whatIsTakenWasSeenTwiceInARowAndIsNew(@ForAll("looks") List<String> seen) {
    SettledLooks looks = new SettledLooks("a");
    String inForce = "a";
    String before = "a";
    for (String now : seen) {
      if (looks.look(now) == SettledLooks.Step.TAKE) {
        assertEquals(before, now);
        assertNotEquals(inForce, now);
        inForce = now;
      }
      before = now;
    }
  }

  @Property(tries = 200)
  void whatStaysIsInForceInTheEnd(@ForAll("looks") List<String> seen) {
    SettledLooks looks = new SettledLooks("a");
    seen.forEach(looks::look);
    looks.look("d");
    assertEquals(SettledLooks.Step.TAKE, looks.look("d"));
    assertEquals(SettledLooks.Step.NOTHING, looks.look("d"));
  }

  @Property(tries = 50)
  void whatIsTriedAgainIsTakenAtTheNextLook(@ForAll("looks") List<String> seen) {
    SettledLooks looks = new SettledLooks("a");
    seen.forEach(looks::look);
    looks.take("d");
    looks.retry();
    assertEquals(SettledLooks.Step.TAKE, looks.look("d"));
    assertEquals(SettledLooks.Step.NOTHING, looks.look("d"));
  }
}
