package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HostPortTest {
  private static HostPort parse(String text) {
    return new HostPort.Converter().convert(text);
  }

  @Test
  void readsNamesAndAddresses() {
    assertEquals(new HostPort("localhost", 8000), parse("localhost:8000"));
    assertEquals(new HostPort("127.0.0.1", 1), parse("127.0.0.1:1"));
    assertEquals(new HostPort("::1", 65535), parse("[::1]:65535"));
    assertEquals(new HostPort("fe80::1%eth0", 443), parse("[fe80::1%eth0]:443"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":", "a", "a:", ":1", "[]:1", "::1:1", "[::1]", "a:0", "a:65536", "a:-1", "a:1x"
      })
  void refusesEverythingElse(String text) {
    assertThrows(TypeConversionException.class, () -> parse(text));
  }
}
