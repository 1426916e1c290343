package io.tlsport.core.policy.cipher;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The words of OpenSSL's cipher lists (its manual page {@code ciphers(1)}). */
final class CipherWord {
  private static final Map<String, Predicate<CipherSuite>> WORDS = new HashMap<>();
  private static final Set<String> MEDIUM = Set.of("3DES", "RC4", "SEED", "IDEA");
  private static final Set<String> CBC = Set.of("AES", "Camellia", "3DES", "SEED", "IDEA");
  private static final Set<String> FIPS = Set.of("AES", "AESGCM", "3DES");

  static {
    groups();
    keyExchange();
    authentication();
    encryption();
    for (String mac : new String[] {"MD5", "SHA256", "SHA384"}) {
      put(suite -> suite.mac().equals(mac), mac);
    }
    put(suite -> suite.mac().equals("SHA1"), "SHA", "SHA1");
    put(suite -> suite.since().equals("SSLv3"), "SSLv3");
    put(
        suite -> suite.since().equals("TLSv1") || suite.since().equals("TLSv1.0"),
        "TLSv1",
        "TLSv1.0");
    put(suite -> suite.since().equals("TLSv1.2"), "TLSv1.2");
  }

  private CipherWord() {}

  private static void groups() {
    put(suite -> !isNull(suite), "ALL");
    put(CipherWord::isNull, "COMPLEMENTOFALL", "eNULL", "NULL");
    put(suite -> !suite.isDefault() && !isNull(suite), "COMPLEMENTOFDEFAULT");
    put(suite -> !isNull(suite) && !MEDIUM.contains(suite.encryption()), "HIGH");
    put(suite -> MEDIUM.contains(suite.encryption()), "MEDIUM");
    put(suite -> FIPS.contains(suite.encryption()) && !suite.keyExchange().equals("SRP"), "FIPS");
    put(suite -> false, "LOW");
  }

  private static void keyExchange() {
    Predicate<CipherSuite> dhe = suite -> suite.keyExchange().equals("DH");
    Predicate<CipherSuite> ecdhe = suite -> suite.keyExchange().equals("ECDH");
    Predicate<CipherSuite> anonymous = suite -> suite.authentication().equals("None");
    put(suite -> suite.keyExchange().equals("RSA"), "kRSA", "RSA");
    put(dhe, "kEDH", "kDHE", "DH");
    put(dhe.and(anonymous.negate()), "EDH", "DHE");
    put(dhe.and(anonymous), "ADH");
    put(ecdhe, "kEECDH", "kECDHE", "ECDH");
    put(ecdhe.and(anonymous.negate()), "EECDH", "ECDHE");
    put(ecdhe.and(anonymous), "AECDH");
    put(suite -> suite.keyExchange().equals("PSK"), "kPSK");
    put(suite -> suite.keyExchange().equals("RSAPSK"), "kRSAPSK");
    put(suite -> suite.keyExchange().equals("ECDHEPSK"), "kECDHEPSK");
    put(suite -> suite.keyExchange().equals("DHEPSK"), "kDHEPSK");
    put(suite -> suite.keyExchange().endsWith("PSK"), "PSK");
    put(suite -> suite.keyExchange().equals("SRP"), "kSRP", "SRP");
  }

  private static void authentication() {
    put(suite -> suite.authentication().equals("RSA"), "aRSA");
    put(suite -> suite.authentication().equals("ECDSA"), "aECDSA", "ECDSA");
    put(suite -> suite.authentication().equals("DSS"), "aDSS", "DSS");
    put(suite -> suite.authentication().equals("None"), "aNULL");
    put(suite -> suite.authentication().equals("PSK"), "aPSK");
    put(suite -> suite.authentication().equals("SRP"), "aSRP");
  }

  private static void encryption() {
    put(suite -> suite.encryption().startsWith("AES"), "AES");
    put(suite -> suite.encryption().startsWith("AES") && suite.bits() == 128, "AES128");
    put(suite -> suite.encryption().startsWith("AES") && suite.bits() == 256, "AES256");
    put(suite -> CBC.contains(suite.encryption()), "CBC");
    put(suite -> suite.encryption().equals("AESGCM"), "AESGCM");
    put(suite -> suite.encryption().startsWith("AESCCM"), "AESCCM");
    put(suite -> suite.encryption().equals("AESCCM8"), "AESCCM8");
    put(suite -> suite.encryption().equals("Camellia"), "CAMELLIA");
    put(suite -> suite.encryption().equals("Camellia") && suite.bits() == 128, "CAMELLIA128");
    put(suite -> suite.encryption().equals("Camellia") && suite.bits() == 256, "CAMELLIA256");
    put(suite -> suite.encryption().startsWith("ARIA"), "ARIA", "ARIAGCM");
    put(suite -> suite.encryption().startsWith("ARIA") && suite.bits() == 128, "ARIA128");
    put(suite -> suite.encryption().startsWith("ARIA") && suite.bits() == 256, "ARIA256");
    put(suite -> suite.encryption().startsWith("CHACHA20"), "CHACHA20");
    for (String name : new String[] {"3DES", "RC4", "SEED", "IDEA"}) {
      put(suite -> suite.encryption().equals(name), name);
    }
  }

  private static boolean isNull(CipherSuite suite) {
    return suite.encryption().equals("None");
  }

  private static void put(Predicate<CipherSuite> meaning, String... names) {
    for (String name : names) {
      WORDS.put(name, meaning.and(suite -> !suite.isTls13()));
    }
  }

  /** All words. */
  static Set<String> names() {
    return Set.copyOf(WORDS.keySet());
  }

  /** What a word, or the name of a suite, selects; empty for an unknown word. */
  static Optional<Predicate<CipherSuite>> meaning(String word) {
    Predicate<CipherSuite> known = WORDS.get(word);
    if (known != null) {
      return Optional.of(known);
    }
    CipherTable table = CipherTable.get();
    return table
        .byName(word)
        .or(() -> table.byStandardName(word))
        .filter(suite -> !suite.isTls13())
        .map(found -> found::equals);
  }
}
