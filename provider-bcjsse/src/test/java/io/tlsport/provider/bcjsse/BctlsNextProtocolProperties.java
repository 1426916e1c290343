package io.tlsport.provider.bcjsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ApplicationProtocols;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;

class BctlsNextProtocolProperties {
  private static void assertAlert(short alert, TlsFatalAlert thrown) {
    assertEquals(alert, thrown.getAlertDescription());
  }

  @Property
  void anyExtensionIsAListOrMalformed(@ForAll @Size(max = 80) byte[] extension) {
    try {
      int bytes =
          BctlsNextProtocol.names(extension).stream().mapToInt(name -> 1 + name.length()).sum();
      assertTrue(bytes <= extension.length);
    } catch (TlsFatalAlert malformed) {
      assertAlert(AlertDescription.decode_error, malformed);
    }
  }

  @Property
  void namesAreRead(@ForAll @Size(max = 6) List<@StringLength(min = 1, max = 60) String> names)
      throws Exception {
    List<String> text =
        names.stream().map(name -> name.replaceAll("[\\ud800-\\udfff]", "?")).toList();
    assertEquals(text, BctlsNextProtocol.names(ApplicationProtocols.encode(text)));
  }

  @Property
  void anyMessageNamesAProtocolOrIsMalformed(@ForAll @Size(max = 80) byte[] message) {
    try {
      assertTrue(BctlsNextProtocol.protocol(message).orElse("").length() <= message.length);
    } catch (TlsFatalAlert malformed) {
      assertAlert(AlertDescription.decode_error, malformed);
    }
  }

  @Property
  void messageIsTakenFromAnyPieces(
      @ForAll @IntRange(min = 1, max = 255) int length,
      @ForAll @IntRange(max = 20) int behind,
      @ForAll @IntRange(min = 1, max = 300) int piece)
      throws Exception {
    String name = "x".repeat(length);
    byte[] message = BctlsNextProtocol.message(name);
    assertEquals(0, (message.length - 4) % 32);
    byte[] sent = Arrays.copyOf(message, message.length + behind);
    BctlsNextProtocol server = new BctlsNextProtocol();
    int taken = 0;
    BctlsNextProtocol.Received received = null;
    while (received == null) {
      assertTrue(taken < message.length);
      int next = Math.min(piece, sent.length - taken);
      received = server.take(sent, taken, next);
      taken += next;
    }
    assertEquals(Optional.of(name), BctlsNextProtocol.protocol(received.message()));
    assertEquals(taken - message.length, received.rest().length);
  }

  @Property
  void anyInputIsAMessageOrRefused(@ForAll @Size(max = 80) byte[] input, @ForAll boolean begun) {
    byte[] likely = input.clone();
    if (begun && likely.length > 2) {
      likely[0] = 67;
      likely[1] = 0;
      likely[2] = 0;
    }
    try {
      BctlsNextProtocol.Received received = new BctlsNextProtocol().take(likely, 0, likely.length);
      if (received != null) {
        assertEquals(likely.length, received.message().length + received.rest().length);
      }
    } catch (TlsFatalAlert refused) {
      assertTrue(
          refused.getAlertDescription() == AlertDescription.decode_error
              || refused.getAlertDescription() == AlertDescription.unexpected_message);
    }
  }

  @Property
  void serversOrderDecides(
      @ForAll @Size(max = 5) @UniqueElements List<@IntRange(max = 9) Integer> servers,
      @ForAll @Size(min = 1, max = 5) @UniqueElements List<@IntRange(max = 9) Integer> ours) {
    List<String> theirs = servers.stream().map(String::valueOf).toList();
    List<String> own = ours.stream().map(String::valueOf).toList();
    BctlsNextProtocol.Choice choice = BctlsNextProtocol.Choice.of(theirs, own);
    assertTrue(own.contains(choice.sent()));
    if (choice.agreed()) {
      List<String> before = theirs.subList(0, theirs.indexOf(choice.sent()));
      assertTrue(before.stream().noneMatch(own::contains));
      assertEquals(Optional.of(choice.sent()), choice.protocol());
    } else {
      assertTrue(theirs.stream().noneMatch(own::contains));
      assertEquals(own.get(0), choice.sent());
      assertEquals(Optional.empty(), choice.protocol());
    }
  }
}
