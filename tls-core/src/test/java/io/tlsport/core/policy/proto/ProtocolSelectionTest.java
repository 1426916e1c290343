package io.tlsport.core.policy.proto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtocolSelectionTest {
  @Test
  void takesTheServersFavouriteOfWhatBothHave() {
    assertEquals(
        Optional.of("h2"),
        ProtocolSelection.select(List.of("h3", "h2", "http/1.1"), List.of("http/1.1", "h2")));
  }

  @Test
  void takesNoneWhereNothingIsShared() {
    assertEquals(
        Optional.empty(), ProtocolSelection.select(List.of("h2"), List.of("H2", "http/1.1")));
    assertEquals(Optional.empty(), ProtocolSelection.select(List.of("h2"), List.of()));
    assertEquals(Optional.empty(), ProtocolSelection.select(List.of(), List.of("h2")));
  }
}
