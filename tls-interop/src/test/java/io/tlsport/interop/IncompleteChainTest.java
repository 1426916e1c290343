package io.tlsport.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.Pem;
import io.tlsport.SecureContextOptions;
import io.tlsport.ServerOptions;
import io.tlsport.Tls;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose chain has a hole is told of when it is made, and not by its clients. */
@Timeout(60)
class IncompleteChainTest {
  private static final Made ROOT = CertificateMaker.authority("CN=root").make();
  private static final Made MIDDLE = CertificateMaker.authority("CN=middle").issuer(ROOT).make();

  /** AuthorityInfoAccess with one address: caIssuers, http://a/b. */
  private static final byte[] ACCESS =
      HexFormat.of()
          .parseHex("301830160608" + "2b06010505073002" + "860a" + "687474703a2f2f612f62");

  private static Made leaf(Made issuer) {
    return CertificateMaker.leaf("CN=leaf")
        .issuer(issuer)
        .extension("1.3.6.1.5.5.7.1.1", false, ACCESS)
        .make();
  }

  /** What is logged while a server is made. */
  private static List<String> warnings(
      Tls tls, Made leaf, Consumer<SecureContextOptions.Builder> more) {
    List<String> told = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            if (logged.getMessage().contains("CN=leaf")) {
              told.add(logged.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.tlsport");
    logger.addHandler(handler);
    try {
      ServerOptions.Builder options =
          ServerOptions.builder()
              .context(c -> c.key(Pem.of(leaf.keyPem())).cert(Pem.of(leaf.pem())));
      tls.createServer(options.context(more).build());
    } finally {
      logger.removeHandler(handler);
    }
    return told;
  }

  @Test
  void onlyAChainWithAHoleIsWarnedOf() {
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      Made leaf = leaf(MIDDLE);
      List<String> told = warnings(tls, leaf, c -> {});
      assertEquals(1, told.size(), told::toString);
      String warning = told.get(0);
      assertTrue(warning.contains("CN=middle to cert; it should be at http://a/b"), warning);

      String whole = leaf.pem() + MIDDLE.pem();
      assertEquals(List.of(), warnings(tls, leaf, c -> c.cert(Pem.of(whole))));
      assertEquals(List.of(), warnings(tls, leaf, c -> c.ca(Pem.of(MIDDLE.pem() + ROOT.pem()))));
    }
  }

  @Test
  void aRootThatClientsKnowMayBeMissing() {
    Made leaf = leaf(ROOT);
    try (Tls tls = Tls.builder().provider("jdk").extraCa(Pem.of(ROOT.pem())).build()) {
      assertEquals(List.of(), warnings(tls, leaf, c -> {}));
    }
    try (Tls tls = Tls.builder().provider("jdk").build()) {
      assertEquals(1, warnings(tls, leaf, c -> {}).size());
    }
  }
}
