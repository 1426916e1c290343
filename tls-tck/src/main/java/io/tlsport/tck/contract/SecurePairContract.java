package io.tlsport.tck.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.AuthorizationError;
import io.tlsport.Capability;
import io.tlsport.Duplex;
import io.tlsport.ErrorCode;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecurePair;
import io.tlsport.SocketOptions;
import io.tlsport.TLSSocket;
import io.tlsport.tck.ProviderContract;
import io.tlsport.tck.annotate.EachVersion;
import io.tlsport.tck.annotate.Requires;
import io.tlsport.tck.annotate.Rule;
import io.tlsport.tck.fixture.Capture;
import io.tlsport.tck.fixture.Identities;
import io.tlsport.tck.fixture.Patience;
import io.tlsport.tck.fixture.Payload;
import io.tlsport.tck.fixture.Signal;
import io.tlsport.tck.fixture.Wire;
import io.tlsport.tck.fixture.Workbench.Joined;
import io.tlsport.testpki.TestIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** TLS without a network of its own. */
public abstract class SecurePairContract extends ProviderContract {
  private static final int RECORD = 16 * 1024;

  /** The header of a record and what authenticates it. */
  private static final int LEAST_OVERHEAD = 5 + 8;

  /** More than both sides of two pairs hold. */
  private static final int FULL = 1024 * 1024;

  @Rule("12.1")
  @EachVersion
  void secureIsEmittedOnBothSides(ProtocolVersion version) {
    Joined joined = pairs(version);
    Signal client = new Signal();
    Signal server = new Signal();
    joined.clientPair().onSecure(client::fire);
    joined.serverPair().onSecure(server::fire);
    assertFalse(client.isFired());
    joined.join();
    client.await("secure of the client");
    server.await("secure of the server");
    assertEquals(
        joined.clientPair(),
        Patience.await(joined.clientPair().secured(), "secured() of the client"));
    Patience.await(joined.serverPair().secured(), "secured() of the server");
  }

  @Rule("12.2")
  @EachVersion
  void propertiesAreThoseOfASocket(ProtocolVersion version) {
    Joined joined = pairs(version);
    joined.join(1);
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    TLSSocket client = joined.client().socket();
    TLSSocket server = joined.server().socket();
    assertTrue(client.authorized());
    assertEquals(Optional.of(version), client.protocol());
    assertEquals(client.cipher(), server.cipher());
    assertEquals(Optional.of("localhost"), server.servername());
    assertEquals(Optional.empty(), client.address());
    assertEquals(Optional.empty(), server.remote());
  }

  @Rule("12.3")
  @EachVersion
  void pairsDoNotRejectUnlessTheyAreTold(ProtocolVersion version) {
    SocketOptions trusting =
        SocketOptions.builder()
            .servername("localhost")
            .context(
                c ->
                    c.ca(Identities.stranger().certificate())
                        .minVersion(version)
                        .maxVersion(version))
            .build();
    Joined joined = bench().pairs(trusting, serverPair(version).build());
    joined.join();
    joined.client().awaitSecure();
    assertFalse(joined.client().socket().authorized());
    assertEquals(
        Optional.of(ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE),
        joined.client().socket().authorizationError().map(AuthorizationError::code));
  }

  @Rule("12.3")
  @EachVersion
  void pairThatRejectsFails(ProtocolVersion version) {
    SocketOptions strict =
        SocketOptions.builder()
            .servername("localhost")
            .rejectUnauthorized(true)
            .context(
                c ->
                    c.ca(Identities.stranger().certificate())
                        .minVersion(version)
                        .maxVersion(version))
            .build();
    Joined joined = bench().pairs(strict, serverPair(version).build());
    joined.join();
    assertEquals(
        ErrorCode.UNABLE_TO_VERIFY_LEAF_SIGNATURE,
        Patience.awaitFailure(joined.clientPair().secured(), "secured()").code());
    joined.client().awaitClose();
    joined.server().awaitError();
    joined.server().awaitClose();
  }

  @Rule("12.4")
  @Requires(Capability.CLIENT_CERTIFICATES)
  @EachVersion
  void pairOfAServerMayAskForACertificate(ProtocolVersion version) {
    TestIdentity identity = Identities.client();
    Joined joined =
        bench()
            .pairs(
                clientPair(version)
                    .context(c -> c.key(identity.key()).cert(identity.chain()))
                    .build(),
                serverPair(version)
                    .context(c -> c.ca(Identities.ca()))
                    .requestCert(true)
                    .rejectUnauthorized(true)
                    .build());
    joined.join();
    joined.server().awaitSecure();
    assertTrue(joined.server().socket().authorized());
  }

  @Rule("12.5")
  @EachVersion
  void endOfTheCleartextEndsTheEncryptedSide(ProtocolVersion version) {
    Joined joined = pairs(version);
    Signal encryptedEnd = new Signal();
    joined.clientPair().encrypted().onEnd(encryptedEnd::fire);
    joined.join();
    joined.client().awaitSecure();
    joined.server().collect();
    joined.client().collect();
    joined.client().socket().end("the last word");
    joined.server().awaitEnd();
    assertEquals("the last word", joined.server().received().text());
    joined.server().awaitClose();
    joined.client().awaitClose();
    encryptedEnd.await("end of the encrypted side");
  }

  @Rule("12.5")
  @EachVersion
  void destroyEndsBothSides(ProtocolVersion version) {
    Joined joined = pairs(version);
    joined.join();
    joined.client().awaitSecure();
    joined.clientPair().destroy();
    joined.client().awaitClose();
    Patience.await(joined.clientPair().encrypted().closed(), "close of the encrypted side");
    joined.server().awaitClose();
  }

  @Rule("12.6")
  @EachVersion
  void tlsRunsOverAnyDuplex(ProtocolVersion version) {
    // The encrypted side of a server's pair is the transport of a client: no wire between them.
    SecurePair server = tls().createSecurePair(serverPair(version).build());
    Capture cleartext = Capture.of(server.cleartext());
    Capture client = bench().over(server.encrypted(), clientPair(version).build());
    client.awaitSecure();
    cleartext.awaitSecure();
    Payload payload = Payload.of(200_000);
    client.socket().write(payload.bytes());
    assertEquals(payload.sha256(), cleartext.collect().awaitBytes(payload.size()).sha256());
  }

  @Rule("12.6")
  @EachVersion
  void tlsRunsInsideOfTls(ProtocolVersion version) {
    Joined outer = pairs(version);
    Wire wire = outer.join();
    outer.client().awaitSecure();
    outer.server().awaitSecure();
    Capture inner = bench().over(outer.server().socket(), serverPair(version).build());
    Capture client = bench().over(outer.client().socket(), clientPair(version).build());
    client.awaitSecure();
    inner.awaitSecure();
    client.socket().write("twice encrypted");
    assertEquals("twice encrypted", inner.collect().awaitBytes(15).text());
    assertTrue(wire.sentByFirst().count() > client.socket().encryptedBytesWritten());
  }

  @Rule("12.7")
  @EachVersion
  void bytesOfTheWireAreCountedWithTheirOverhead(ProtocolVersion version) {
    Joined joined = pairs(version);
    Wire wire = joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    TLSSocket client = joined.client().socket();
    TLSSocket server = joined.server().socket();
    long handshake = client.encryptedBytesWritten();
    assertTrue(handshake > 0);
    assertEquals(0, client.bytesWritten());
    Payload payload = Payload.of(3 * RECORD);
    Patience.await(client.write(ByteBuffer.wrap(payload.bytes())), "the write to complete");
    joined.server().collect().awaitBytes(payload.size());
    assertEquals(payload.size(), client.bytesWritten());
    long made = client.encryptedBytesWritten() - handshake;
    assertTrue(
        made >= payload.size() + 3 * LEAST_OVERHEAD,
        () -> payload.size() + " bytes in three records or more became " + made);
    Patience.until(
        () ->
            wire.sentByFirst().count() == client.encryptedBytesWritten()
                && server.encryptedBytesRead() == client.encryptedBytesWritten()
                && wire.sentBySecond().count() == server.encryptedBytesWritten()
                && client.encryptedBytesRead() == server.encryptedBytesWritten(),
        () -> "the counters to be those of the wire: " + joined.client() + ", " + joined.server());
  }

  @Rule("12.8")
  @EachVersion
  void encryptedSideHasTheEventsOfAStream(ProtocolVersion version) {
    Joined joined = pairs(version);
    Duplex encrypted = joined.clientPair().encrypted();
    List<String> ends = Collections.synchronizedList(new ArrayList<>());
    Signal drained = new Signal();
    encrypted.onEnd(() -> ends.add("end"));
    encrypted.onClose(() -> ends.add("close"));
    encrypted.onError(error -> ends.add("error " + error.code()));
    joined.join();
    joined.client().awaitSecure();
    joined.server().awaitSecure();
    Payload payload = Payload.of(FULL);
    joined.server().socket().write(payload.bytes());
    Patience.until(() -> !encrypted.writable(), () -> "the encrypted side to be full");
    encrypted.onDrain(drained::fire);
    assertEquals(payload.sha256(), joined.client().collect().awaitBytes(payload.size()).sha256());
    drained.await("drain of the encrypted side");
    joined.server().collect();
    joined.client().socket().end();
    joined.client().awaitClose();
    Patience.await(encrypted.closed(), "close of the encrypted side");
    assertEquals(List.of("end", "close"), List.copyOf(ends));
  }
}
