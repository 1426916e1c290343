package io.tlsport.core.policy.sni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContextTableTest {
  private final ContextTable<String> table = new ContextTable<>();

  @Test
  void findsNothingInAnEmptyTable() {
    assertEquals(Optional.empty(), table.find("example.com"));
  }

  @Test
  void findsTheLastAddedOfSeveralMatches() {
    table.add("*.example.com", "star");
    table.add("www.example.com", "exact");
    assertEquals(Optional.of("exact"), table.find("www.example.com"));
    table.add("*.example.com", "later star");
    assertEquals(Optional.of("later star"), table.find("www.example.com"));
  }

  @Test
  void keepsOneEntryForAPattern() {
    table.add("example.com", "one");
    table.add("EXAMPLE.com.", "two");
    assertTrue(table.remove("example.com"));
    assertEquals(Optional.empty(), table.find("example.com"));
  }

  @Test
  void removesExactlyThatPattern() {
    table.add("*.example.com", "star");
    assertFalse(table.remove("www.example.com"));
    assertEquals(Optional.of("star"), table.find("www.example.com"));
    assertTrue(table.remove("*.Example.com"));
    assertFalse(table.remove("*.example.com"));
  }

  @Test
  void uncoversAnOlderMatchWhenTheNewerIsRemoved() {
    table.add("*.example.com", "star");
    table.add("www.example.com", "exact");
    table.remove("www.example.com");
    assertEquals(Optional.of("star"), table.find("www.example.com"));
  }
}
