package io.tlsport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DistinguishedNameTest {
  private static final DistinguishedName NAME = name();

  private static DistinguishedName name() {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    attributes.put("C", List.of("UK"));
    attributes.put("OU", List.of("one", "two"));
    attributes.put("CN", List.of("localhost"));
    return new DistinguishedName(attributes);
  }

  @Test
  void keepsTheOrderOfTheCertificate() {
    assertEquals("C=UK, OU=one, OU=two, CN=localhost", NAME.toString());
    assertEquals(List.of("C", "OU", "CN"), List.copyOf(NAME.attributes().keySet()));
  }

  @Test
  void findsTheFirstOfSeveralValues() {
    assertEquals(Optional.of("one"), NAME.first("OU"));
    assertEquals(Optional.empty(), NAME.first("O"));
    assertEquals(Optional.empty(), new DistinguishedName(Map.of("O", List.of())).first("O"));
  }

  @Test
  void isEqualByItsAttributes() {
    assertEquals(name(), NAME);
    assertEquals(name().hashCode(), NAME.hashCode());
    assertNotEquals(new DistinguishedName(Map.of("C", List.of("UK"))), NAME);
  }

  @Test
  void cannotBeChanged() {
    List<String> values = new ArrayList<>(List.of("a"));
    Map<String, List<String>> given = new LinkedHashMap<>(Map.of("CN", values));
    DistinguishedName name = new DistinguishedName(given);
    values.add("b");
    given.clear();
    assertEquals(Map.of("CN", List.of("a")), name.attributes());
    assertThrows(UnsupportedOperationException.class, () -> name.attributes().clear());
  }

  @Test
  void isReadFromTheSeedsText() {
    DistinguishedName name = DistinguishedName.parse("C=UK\nOU=one\nCN=a=b\nOU=two\nnothing\n=x\n");
    assertEquals(List.of("C", "OU", "CN"), List.copyOf(name.attributes().keySet()));
    assertEquals(List.of("one", "two"), name.attributes().get("OU"));
    assertEquals(java.util.Optional.of("a=b"), name.first("CN"));
    assertEquals(java.util.Map.of(), DistinguishedName.parse("").attributes());
  }
}
