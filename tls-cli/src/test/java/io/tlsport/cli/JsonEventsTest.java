package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonEventsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String line(Members members) {
    new JsonEvents(out).emit("thing", members);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void nameComesFirstAndMembersInTheirOrder() {
    assertEquals(
        "{\"event\":\"thing\",\"z\":1,\"a\":null,\"m\":true}\n",
        line(Members.of("z", 1).with("a", null).with("m", true)));
  }

  @Test
  void shapesNest() {
    assertEquals(
        "{\"event\":\"thing\",\"list\":[\"x\",{\"y\":2}],\"map\":{\"OU\":[\"a\",\"b\"]}}\n",
        line(
            Members.of("list", List.of("x", Members.of("y", 2L)))
                .with("map", Map.of("OU", List.of("a", "b")))));
  }

  @Test
  void textOfAPeerCannotBreakTheLine() {
    assertEquals(
        "{\"event\":\"thing\",\"text\":\"a\\nb\\\"c\\u0000\"}\n",
        line(Members.of("text", "a\nb\"c\0")));
  }
}
