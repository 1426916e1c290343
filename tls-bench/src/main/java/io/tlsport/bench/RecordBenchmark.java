package io.tlsport.bench;

import io.tlsport.SecureContext;
import io.tlsport.SecureContextOptions;
import io.tlsport.SecurePair;
import io.tlsport.SocketOptions;
import io.tlsport.Tls;
import io.tlsport.testpki.CertificateSpec;
import io.tlsport.testpki.KeyKind;
import io.tlsport.testpki.TestIdentity;
import io.tlsport.testpki.TestPki;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Data that one side of a pair writes and the other reads, in memory: wrap and unwrap. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecordBenchmark {
  /** Of both sides. */
  @Param({"jdk", "conscrypt", "bcjsse", "bctls"})
  public String provider = "jdk";

  /** Bytes of one write. */
  @Param({"64", "1024", "16384"})
  public int size = 1024;

  private final TestIdentity identity =
      TestPki.shared().selfSigned(CertificateSpec.server("localhost").key(KeyKind.EC_P256));
  private final Semaphore arrived = new Semaphore(0);
  private final AtomicInteger came = new AtomicInteger();
  private @Nullable Tls tls;
  private @Nullable SecurePair client;
  private ByteBuffer data = ByteBuffer.allocate(0);

  /** Joins two pairs, and waits until they are secure. */
  @Setup
  public void start() {
    Tls made = Tls.builder().provider(provider).eventLoops(1).build();
    tls = made;
    data = ByteBuffer.allocate(size).asReadOnlyBuffer();
    SecureContext serves =
        made.createSecureContext(
            SecureContextOptions.builder().key(identity.key()).cert(identity.chain()).build());
    SecureContext trusts =
        made.createSecureContext(SecureContextOptions.builder().ca(identity.certificate()).build());
    SecurePair server =
        made.createSecurePair(SocketOptions.builder().isServer(true).secureContext(serves).build());
    SecurePair joined =
        made.createSecurePair(
            SocketOptions.builder().servername("localhost").secureContext(trusts).build());
    client = joined;
    server.cleartext().onData(this::read);
    joined.encrypted().pipeTo(server.encrypted());
    server.encrypted().pipeTo(joined.encrypted());
    Clients.within(joined.secured());
    Clients.within(server.secured());
  }

  private void read(ByteBuffer piece) {
    if (came.addAndGet(piece.remaining()) == size) {
      came.set(0);
      arrived.release();
    }
  }

  /** From one side to the other. */
  @Benchmark
  public void oneWay() {
    SecurePair joined = client;
    if (joined == null) {
      throw new IllegalStateException("not started");
    }
    joined.cleartext().write(data.duplicate());
    arrived.acquireUninterruptibly();
  }

  /** Ends both. */
  @TearDown
  public void stop() {
    if (tls != null) {
      tls.close();
    }
  }
}
