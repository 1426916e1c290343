package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.TLSSocket;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Workbench.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a connection tells of its keys. */
public abstract class KeyingMaterialContract extends ProviderContract {
  private static final String LABEL = "EXPERIMENTAL tlsport";
  private static final Optional<byte[]> NONE = Optional.empty();
  private static final Optional<byte[]> EMPTY = Optional.of(new byte[0]);
  private static final Optional<byte[]> SOME = Optional.of(new byte[] {1, 2, 3});

  @Rule("20.1")
  @Requires(Capability.KEYING_MATERIAL)
  @EachVersion
  void bothSidesExportTheSame(ProtocolVersion version) {
    demand(Capability.KEYING_MATERIAL);
    Connection connection = connection(version);
    TLSSocket client = connection.client().socket();
    TLSSocket server = connection.server().socket();
    for (Optional<byte[]> context : List.of(NONE, EMPTY, SOME)) {
      for (int length : new int[] {1, 32, 33, 1000}) {
        byte[] material = client.exportKeyingMaterial(length, LABEL, context);
        assertEquals(length, material.length);
        assertArrayEquals(material, server.exportKeyingMaterial(length, LABEL, context));
      }
    }
  }

  @Rule("20.2")
  @Requires(Capability.KEYING_MATERIAL)
  @EachVersion
  void materialDependsOnLabelContextAndConnection(ProtocolVersion version) {
    demand(Capability.KEYING_MATERIAL);
    TLSSocket one = connection(version).client().socket();
    TLSSocket other = connection(version).client().socket();
    byte[] material = one.exportKeyingMaterial(32, LABEL, NONE);
    assertFalse(Arrays.equals(material, one.exportKeyingMaterial(32, LABEL + "!", NONE)));
    assertFalse(Arrays.equals(material, one.exportKeyingMaterial(32, LABEL, SOME)));
    assertFalse(Arrays.equals(material, other.exportKeyingMaterial(32, LABEL, NONE)));
    boolean absentIsEmpty = version == ProtocolVersion.TLS_1_3;
    assertEquals(
        absentIsEmpty, Arrays.equals(material, one.exportKeyingMaterial(32, LABEL, EMPTY)));
  }

  @Rule("20.3")
  @Requires(Capability.KEYING_MATERIAL)
  @EachVersion
  void materialIsThereWhileTheConnectionIsSecure(ProtocolVersion version) {
    demand(Capability.KEYING_MATERIAL);
    var joined = pairs(version);
    TLSSocket early = joined.client().socket();
    assertCode(ErrorCode.ERR_TLS_INVALID_STATE, early, 32, LABEL, NONE);
    joined.join();
    joined.client().awaitSecure();
    early.exportKeyingMaterial(32, LABEL, NONE);
    early.destroy();
    Patience.await(early.closed(), "the client to be closed");
    assertCode(ErrorCode.ERR_TLS_INVALID_STATE, early, 32, LABEL, NONE);
  }

  @Rule("20.4")
  @Requires(Capability.KEYING_MATERIAL)
  @EachVersion
  void otherArgumentsAreRefused(ProtocolVersion version) {
    demand(Capability.KEYING_MATERIAL);
    TLSSocket socket = connection(version).client().socket();
    for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 8161, Integer.MAX_VALUE}) {
      assertCode(ErrorCode.ERR_OUT_OF_RANGE, socket, length, LABEL, NONE);
    }
    for (String label : List.of("", "a\nb", "\u00e9", "x".repeat(250), "master secret")) {
      assertCode(ErrorCode.ERR_INVALID_ARG_VALUE, socket, 32, label, NONE);
    }
    Optional<byte[]> longContext = Optional.of(new byte[65536]);
    assertCode(ErrorCode.ERR_OUT_OF_RANGE, socket, 32, LABEL, longContext);
    assertEquals(8160, socket.exportKeyingMaterial(8160, "x".repeat(249), NONE).length);
    assertEquals(1, socket.exportKeyingMaterial(1, LABEL, Optional.of(new byte[255])).length);
  }

  @Rule("20.5")
  @Requires(Capability.FINISHED_MESSAGES)
  @EachVersion
  void finishedOfOneSideIsPeerFinishedOfTheOther(ProtocolVersion version) {
    demand(Capability.FINISHED_MESSAGES);
    var joined = pairs(version);
    assertTrue(joined.client().socket().finished().isEmpty());
    assertTrue(joined.client().socket().peerFinished().isEmpty());
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    TLSSocket client = joined.client().socket();
    TLSSocket server = joined.server().socket();
    int length = version == ProtocolVersion.TLS_1_3 ? 32 : 12;
    assertTrue(client.finished().orElseThrow().length >= length);
    assertArrayEquals(client.finished().orElseThrow(), server.peerFinished().orElseThrow());
    assertArrayEquals(server.finished().orElseThrow(), client.peerFinished().orElseThrow());
    assertFalse(Arrays.equals(client.finished().get(), server.finished().orElseThrow()));
  }

  private static void assertCode(
      ErrorCode code, TLSSocket socket, int length, String label, Optional<byte[]> context) {
    assertEquals(
        code,
        assertThrows(
                ConfigurationException.class,
                () -> socket.exportKeyingMaterial(length, label, context))
            .code());
  }
}
