package io.tlsport.core.policy.limit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tlsport.ConnectionLimits;
import io.tlsport.ErrorCode;
import io.tlsport.HandshakeException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeRecordsTest {
  private static final int LIMIT = ConnectionLimits.DEFAULT.silentRecords();

  private static ByteBuffer record(int type, byte... content) {
    ByteBuffer record = ByteBuffer.allocate(7 + content.length).position(2);
    record.put((byte) type).put((byte) 3).put((byte) 3).putShort((short) content.length);
    return record.put(content).position(2);
  }

  private static HandshakeRecords records(boolean again) {
    return new HandshakeRecords(ConnectionLimits.DEFAULT, again);
  }

  private static void assertCut(ErrorCode code, HandshakeRecords records, ByteBuffer last) {
    assertEquals(code, assertThrows(HandshakeException.class, () -> records.came(last)).code());
  }

  /** Warnings, ChangeCipherSpec, empty records, HelloRequests. */
  @ParameterizedTest
  @CsvSource({"21,2", "20,1", "22,0", "23,0", "22,4", "22,8"})
  void bringNothingAtMostSoOftenInARow(int type, int zeros) {
    HandshakeRecords records = records(false);
    for (int i = 0; i < LIMIT; i++) {
      records.came(record(type, new byte[zeros]));
    }
    assertCut(ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE, records, record(type, new byte[zeros]));
  }

  @ParameterizedTest
  @CsvSource({"22,3", "22,5", "23,4"})
  void mayBeSmall(int type, int zeros) {
    HandshakeRecords records = records(false);
    for (int i = 0; i < 20 * LIMIT; i++) {
      records.came(record(type, new byte[zeros]));
    }
    assertDoesNotThrow(() -> records.came(record(type, new byte[zeros])));
  }

  @Test
  void countAgainBehindOneThatBringsSomething() {
    HandshakeRecords records = records(false);
    for (int i = 0; i < LIMIT; i++) {
      records.came(record(21, (byte) 1, (byte) 0));
    }
    records.came(record(22, (byte) 1));
    for (int i = 0; i < LIMIT; i++) {
      records.came(record(21, (byte) 1, (byte) 0));
    }
    assertCut(ErrorCode.ERR_SSL_UNEXPECTED_MESSAGE, records, record(21, (byte) 1, (byte) 0));
  }

  @Test
  void haveSoManyBytesTogether() {
    HandshakeRecords records = records(false);
    byte[] half = new byte[ConnectionLimits.DEFAULT.handshakeBytes() / 64 - 5];
    half[0] = 1;
    for (int i = 0; i < 64; i++) {
      records.came(record(22, half));
    }
    assertCut(ErrorCode.ERR_SSL_EXCESSIVE_MESSAGE_SIZE, records, record(22, (byte) 1));
  }

  @Test
  void doNotCountDataBesideARenegotiation() {
    HandshakeRecords records = records(true);
    for (int i = 0; i < 100; i++) {
      records.came(record(23, new byte[8192]));
      records.came(record(23));
    }
    assertDoesNotThrow(() -> records.came(record(22, new byte[40])));
  }

  /** What a renegotiation's records hold is encrypted: nobody can say what zeros mean. */
  @Test
  void takeNothingEncryptedForARequest() {
    HandshakeRecords records = records(true);
    for (int i = 0; i < 3 * LIMIT; i++) {
      records.came(record(22, new byte[4]));
    }
    assertDoesNotThrow(() -> records.came(record(22, new byte[4])));
  }
}
