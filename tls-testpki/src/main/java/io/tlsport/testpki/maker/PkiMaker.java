package io.tlsport.testpki.maker;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes certificates by request until its input ends. A request is one line of {@code name=value}
 * words; the answer is the key, then the chain, DER in Base64, one a line, then {@code done}, or
 * one line {@code failed} with the reason.
 */
public final class PkiMaker {
  private final Instant now = InstantSource.system().instant();
  private final Map<String, X509Bundle> made = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  private PkiMaker() {}

  /** Serves standard input. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PkiMaker maker = new PkiMaker();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      maker.answer(line, out);
    }
  }

  private void answer(String line, PrintStream out) {
    try {
      X509Bundle bundle = make(words(line));
      Base64.Encoder base64 = Base64.getEncoder();
      StringBuilder answer = new StringBuilder();
      answer
          .append(base64.encodeToString(bundle.getKeyPair().getPrivate().getEncoded()))
          .append('\n');
      for (X509Certificate certificate : bundle.getCertificatePath()) {
        answer.append(base64.encodeToString(certificate.getEncoded())).append('\n');
      }
      out.print(answer.append("done\n"));
    } catch (Exception | LinkageError refused) {
      out.print("failed " + String.valueOf(refused).replaceAll("\\s+", " ") + "\n");
      refused.printStackTrace();
    }
    out.flush();
  }

  private static Map<String, List<String>> words(String line) {
    Map<String, List<String>> words = new HashMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      words
          .computeIfAbsent(word.substring(0, equals), name -> new ArrayList<>())
          .add(URLDecoder.decode(word.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return words;
  }

  private X509Bundle make(Map<String, List<String>> words) throws Exception {
    CertificateBuilder builder =
        new CertificateBuilder()
            .secureRandom(random)
            .subject("CN=" + one(words, "cn"))
            .notBefore(now.plusSeconds(Long.parseLong(one(words, "from"))))
            .notAfter(now.plusSeconds(Long.parseLong(one(words, "to"))));
    boolean authority = Boolean.parseBoolean(one(words, "authority"));
    String key = one(words, "key");
    setKey(builder, key);
    builder.setIsCertificateAuthority(authority);
    if (authority) {
      builder.setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign, KeyUsage.digitalSignature);
    } else if (key.equals("RSA_2048")) {
      builder.setKeyUsage(true, KeyUsage.digitalSignature, KeyUsage.keyEncipherment);
    } else {
      builder.setKeyUsage(true, KeyUsage.digitalSignature);
    }
    all(words, "dns").forEach(builder::addSanDnsName);
    all(words, "ip").forEach(builder::addSanIpAddress);
    for (String usage : all(words, "usage")) {
      if (usage.equals("SERVER")) {
        builder.addExtendedKeyUsageServerAuth();
      } else {
        builder.addExtendedKeyUsageClientAuth();
      }
    }
    X509Bundle issuer = issuer(words);
    X509Bundle bundle;
    if (issuer != null) {
      bundle = builder.buildIssuedBy(issuer);
    } else if (authority) {
      bundle = builder.buildSelfSigned();
    } else {
      bundle = selfSignedLeaf(builder);
    }
    made.put(one(words, "number"), bundle);
    return bundle;
  }

  /**
   * The library takes none but authorities as self-signed, so the certificate is issued by an
   * authority of the same name with the same key, which nobody ever sees.
   */
  private static X509Bundle selfSignedLeaf(CertificateBuilder builder) throws Exception {
    X509Bundle itself =
        builder
            .copy()
            .setIsCertificateAuthority(true)
            .setKeyUsage(true, KeyUsage.keyCertSign)
            .buildSelfSigned();
    return builder.keyPair(itself.getKeyPair()).buildIssuedBy(itself);
  }

  private @Nullable X509Bundle issuer(Map<String, List<String>> words) {
    List<String> number = all(words, "issuer");
    if (number.isEmpty()) {
      return null;
    }
    X509Bundle issuer = made.get(number.get(0));
    if (issuer == null) {
      throw new IllegalArgumentException("no issuer " + number.get(0));
    }
    return issuer;
  }

  private static void setKey(CertificateBuilder builder, String key) throws Exception {
    builder.algorithm(algorithm(key));
    if (key.equals("RSA_PSS_2048")) {
      builder.keyPair(rsaPss());
    }
  }

  private static Algorithm algorithm(String key) {
    return switch (key) {
      case "RSA_2048", "RSA_PSS_2048" -> Algorithm.rsa2048;
      case "EC_P256" -> Algorithm.ecp256;
      case "EC_P384" -> Algorithm.ecp384;
      case "ED25519" -> Algorithm.ed25519;
      default -> throw new IllegalArgumentException("no such kind of key: " + key);
    };
  }

  private static KeyPair rsaPss() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSASSA-PSS");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static List<String> all(Map<String, List<String>> words, String name) {
    return words.getOrDefault(name, List.of());
  }

  private static String one(Map<String, List<String>> words, String name) {
    List<String> values = all(words, name);
    if (values.size() != 1) {
      throw new IllegalArgumentException(
          name + " is wanted once, came " + values.size() + " times");
    }
    return values.get(0);
  }
}
