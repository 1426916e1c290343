package io.tlsport.core.credentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import io.tlsport.core.fixtures.CertificateMaker;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PemReaderProperties {
  /**
   * A block and what stands before it.
   *
   * @param noise no line of it begins a block
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Written(String noise, String label, byte[] content) {}

  @Provide
  Arbitrary<Written> written() {
    Arbitrary<String> noise =
        Arbitraries.of("", "Bag Attributes\n", "# comment\n\n", "-----\n", "subject=CN = x\n");
    Arbitrary<String> label =
        Arbitraries.of("CERTIFICATE", "PRIVATE KEY", "X509 CRL", "A", "RSA PRIVATE KEY");
    Arbitrary<byte[]> content = Arbitraries.bytes().array(byte[].class).ofMaxSize(120);
    return Combinators.combine(noise, label, content).as(Written::new);
  }

  @Provide
  Arbitrary<String> lineEnd() {
    return Arbitraries.of("\n", "\r\n", "\r", "  \n");
  }

  @Property(tries = 300)
  void readsTheBlocksThatWereWritten(
      @ForAll @Size(max = 5) List<@net.jqwik.api.From("written") Written> written,
      @ForAll("lineEnd") String lineEnd) {
    StringBuilder text = new StringBuilder();
    written.forEach(
        one -> text.append(one.noise()).append(CertificateMaker.pem(one.label(), one.content())));
    List<PemBlock> blocks = PemReader.read("x", Pem.of(text.toString().replace("\n", lineEnd)));
    assertEquals(written.size(), blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      assertEquals(written.get(i).label(), blocks.get(i).label());
      assertArrayEquals(written.get(i).content(), blocks.get(i).content());
    }
  }

  @Property(tries = 1000)
  void anyTextGivesBlocksOrOneError(@ForAll("almostPem") String text) {
    try {
      PemReader.read("key", Pem.of(text)).forEach(block -> assertTrue(block.label().length() > 0));
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_OSSL_PEM_BAD_DATA, refused.code());
      assertTrue(String.valueOf(refused.getMessage()).startsWith("key (text): "));
    }
  }

  @Provide
  Arbitrary<String> almostPem() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "-----BEGIN A-----",
                "-----END A-----",
                "-----BEGIN ",
                "-----END ",
                "-----",
                "A",
                "AAAA",
                "=",
                "\n",
                "\n",
                "\n",
                "DEK-Info: x",
                ":",
                " "),
            Arbitraries.strings().ofMaxLength(2))
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 500)
  void anyBytesGiveBlocksOrOneError(@ForAll @Size(max = 100) byte[] bytes) {
    try {
      assertTrue(PemReader.read("key", Pem.of(bytes)).size() <= bytes.length);
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_OSSL_PEM_BAD_DATA, refused.code());
    }
  }
}
