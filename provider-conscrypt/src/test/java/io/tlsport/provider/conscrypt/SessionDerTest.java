package io.tlsport.provider.conscrypt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionDerTest {
  /** A version, then a ticket of three bytes. */
  private static final byte[] FIELDS = {0x30, 10, 2, 1, 1, (byte) 0xAA, 5, 4, 3, 7, 8, 9};

  private static byte[] written(byte[] der) {
    return ByteBuffer.allocate(8 + der.length).putInt(3).putInt(der.length).put(der).array();
  }

  @Test
  void ticketIsFoundBehindOtherFields() {
    assertArrayEquals(new byte[] {7, 8, 9}, SessionDer.ticket(written(FIELDS)).orElseThrow());
  }

  @Test
  void longLengthsAreRead() {
    byte[] der = {0x30, (byte) 0x81, 10, 2, 1, 1, (byte) 0xAA, (byte) 5, 4, (byte) 0x81, 2, 8, 9};
    assertEquals(Optional.empty(), SessionDer.ticket(written(Arrays.copyOf(der, 4))));
    byte[] whole = {
      0x30, (byte) 0x81, 11, 2, 1, 1, (byte) 0xAA, (byte) 6, 4, (byte) 0x81, 3, 7, 8, 9
    };
    assertArrayEquals(new byte[] {7, 8, 9}, SessionDer.ticket(written(whole)).orElseThrow());
  }

  @Test
  void whatIsNoSessionHasNoTicket() {
    byte[] session = written(FIELDS);
    for (int length = 0; length < session.length; length++) {
      assertEquals(Optional.empty(), SessionDer.ticket(Arrays.copyOf(session, length)));
    }
    byte[] noTicket = {0x30, 3, 2, 1, 1};
    assertEquals(Optional.empty(), SessionDer.ticket(written(noTicket)));
    byte[] endless = {0x30, (byte) 0x84, 1, 1, 1, 1};
    assertEquals(Optional.empty(), SessionDer.ticket(written(endless)));
  }
}
