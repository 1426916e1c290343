package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ProtocolVersion;
import io.tlsport.SocketOptions;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.Received;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Joined;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How much plaintext a record carries, as seen on the wire. */
public abstract class FragmentContract extends ProviderContract {
  private static final int HEADER = 5;
  private static final int LEAST = 512;
  private static final int MOST = 16384;

  /** An engine that pads its records, as SunJSSE does, has less room in one of the largest. */
  private static final int LARGE = 16_000;

  @Rule("19.1")
  @Requires(Capability.MAX_SEND_FRAGMENT)
  @EachVersion
  void recordsOfBothSidesCarryNoMoreThanIsSet(ProtocolVersion version) {
    Line line = line(version);
    assertLimited(line.forth);
    assertLimited(line.back);
  }

  private static void assertLimited(Way way) {
    assertTrue(way.from.socket().setMaxSendFragment(LEAST));
    int full = only(way.send(LEAST));
    assertEquals(List.of(full, full, full, full - 48), way.send(4 * LEAST - 48));
    assertTrue(way.from.socket().setMaxSendFragment(LARGE));
    assertEquals(List.of(full + LARGE - LEAST, full + 1 - LEAST), way.send(LARGE + 1));
    assertTrue(way.from.socket().setMaxSendFragment(MOST));
    List<Integer> largest = way.send(MOST);
    assertTrue(largest.get(0) > full + LARGE - LEAST, () -> "the records: " + largest);
  }

  @Rule("19.2")
  @Requires(Capability.MAX_SEND_FRAGMENT)
  @EachVersion
  void otherSizesAreRefusedWithoutEffect(ProtocolVersion version) {
    Line line = line(version);
    assertTrue(line.forth.from.socket().setMaxSendFragment(1000));
    int full = only(line.forth.send(1000));
    for (int size : new int[] {Integer.MIN_VALUE, -1, 0, 511, 16385, Integer.MAX_VALUE}) {
      assertFalse(line.forth.from.socket().setMaxSendFragment(size));
    }
    assertEquals(List.of(full, full), line.forth.send(2000));
  }

  @Rule("19.3")
  @EachVersion
  void dynamicRecordsBeginSmallAndBecomeFull(ProtocolVersion version) {
    Line line =
        new Line(
            bench()
                .pairs(
                    clientPair(version).dynamicRecords(true).build(), serverPair(version).build()));
    List<Integer> first = line.forth.send(8 * 1024);
    assertTrue(first.size() > 4, () -> "the first records: " + first);
    assertTrue(Collections.max(first) < 1460, () -> "the first records: " + first);
    List<Integer> all = line.forth.send(256 * 1024);
    assertTrue(Collections.max(all) > LARGE, () -> "all records: " + all);
    assertEquals(1, line.back.send(8 * 1024).size(), "records of the side without dynamic ones");
  }

  private static int only(List<Integer> records) {
    assertEquals(1, records.size(), () -> "the records: " + records);
    return records.get(0);
  }

  private Line line(ProtocolVersion version) {
    SocketOptions client = clientPair(version).build();
    return new Line(bench().pairs(client, serverPair(version).build()));
  }

  /** A secure connection over a wire that is read. */
  private static final class Line {
    final Way forth;
    final Way back;

    Line(Joined joined) {
      joined.client().collect();
      joined.server().collect();
      Wire wire = joined.join();
      joined.client().awaitSecure();
      joined.server().awaitSecure();
      forth = new Way(joined.client(), joined.server(), wire.sentByFirst());
      back = new Way(joined.server(), joined.client(), wire.sentBySecond());
      // Session tickets may travel with a server's first data: they are no data.
      back.send(1);
    }
  }

  /** One direction of it. */
  private static final class Way {
    final Capture from;
    private final Capture to;
    private final Received wire;
    private int sent;

    Way(Capture from, Capture to, Received wire) {
      this.from = from;
      this.to = to;
      this.wire = wire;
    }

    /** Sends that much plaintext; the sizes of the records that it took. */
    List<Integer> send(int size) {
      int before = wire.bytes().length;
      from.socket().write(Payload.of(size).bytes());
      sent += size;
      to.awaitBytes(sent);
      byte[] all = wire.bytes();
      return records(ByteBuffer.wrap(all, before, all.length - before));
    }

    private static List<Integer> records(ByteBuffer bytes) {
      List<Integer> sizes = new ArrayList<>();
      while (bytes.hasRemaining()) {
        int size = bytes.getShort(bytes.position() + HEADER - 2) & 0xffff;
        sizes.add(size);
        bytes.position(bytes.position() + HEADER + size);
      }
      return sizes;
    }
  }
}
