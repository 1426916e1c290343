package io.tlsport.tck.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownDefectsTest {
  @Test
  void readsEveryKey() {
    assertEquals(
        List.of(
            new Defect(
                "4.2",
                "aTest",
                List.of("1.83", "1.84"),
                List.of("TLSv1.2"),
                "https://example.org/1",
                "it says \"no\"")),
        KnownDefects.parse(
                """
                # a comment
                [[defect]]
                rule = "4.2"
                test = "aTest"
                versions = ["1.83", "1.84"]
                protocols = ["TLSv1.2"]
                link = "https://example.org/1"
                sentence = "it says \\"no\\""
                """)
            .all());
  }

  @Test
  void readsSeveralEntries() {
    String entry = "[[defect]]\nrule = \"1.1\"\nlink = \"l\"\nsentence = \"s\"\n";
    assertEquals(2, KnownDefects.parse(entry + entry).all().size());
  }

  @Test
  void emptyTextHasNone() {
    assertEquals(List.of(), KnownDefects.parse("").all());
  }

  @Test
  void namesTheLineThatItCannotRead() {
    IllegalArgumentException told =
        assertThrows(
            IllegalArgumentException.class,
            () -> KnownDefects.parse("[[defect]]\nreason = \"none\"\n"));
    assertTrue(String.valueOf(told.getMessage()).contains("line 2"), told::toString);
  }

  @Test
  void refusesAKeyOutsideOfAnEntry() {
    assertThrows(IllegalArgumentException.class, () -> KnownDefects.parse("rule = \"1.1\"\n"));
  }

  @Test
  void refusesAValueWithoutQuotes() {
    assertThrows(
        IllegalArgumentException.class, () -> KnownDefects.parse("[[defect]]\nrule = 1.1\n"));
  }

  @Test
  void refusesAnEntryWithoutALink() {
    assertThrows(
        IllegalArgumentException.class,
        () -> KnownDefects.parse("[[defect]]\nrule = \"1.1\"\nsentence = \"s\"\n"));
  }

  private static KnownDefects entry(String rule, String test) {
    return KnownDefects.parse(
        "[[defect]]\nrule = \""
            + rule
            + "\"\ntest = \""
            + test
            + "\"\nlink = \"l\"\nsentence = \"s\"\n");
  }

  @Test
  void refusesAnEntryThatIsOfNoTest() {
    for (KnownDefects stray :
        List.of(entry("99.1", ""), entry("8.1", "noSuchTest"), entry("1.1", "underscoreIsTaken"))) {
      IllegalStateException told =
          assertThrows(IllegalStateException.class, stray::requireTests, () -> "" + stray.all());
      assertTrue(String.valueOf(told.getMessage()).contains("has no such test"), told::toString);
    }
    entry("8.1", "").requireTests();
    entry("7.7", "underscoreIsTaken").requireTests();
  }
}
