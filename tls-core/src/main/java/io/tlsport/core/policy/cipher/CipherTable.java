package io.tlsport.core.policy.cipher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every suite that OpenSSL knows, in the order that its cipher lists start from. */
public final class CipherTable {
  private static final String RESOURCE = "openssl-ciphers.tsv";
  private static final CipherTable INSTANCE = load();

  private final List<CipherSuite> suites;
  private final Map<String, CipherSuite> byStandardName = new LinkedHashMap<>();
  private final Map<String, CipherSuite> byName = new LinkedHashMap<>();

  private CipherTable(List<CipherSuite> suites) {
    this.suites = suites;
    for (CipherSuite suite : suites) {
      byStandardName.put(suite.standardName(), suite);
      byName.put(suite.name(), suite);
    }
  }

  /** The table. */
  public static CipherTable get() {
    return INSTANCE;
  }

  private static CipherTable load() {
    try (InputStream in = CipherTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new CipherTable(
          lines.lines().filter(line -> !line.startsWith("#")).map(CipherTable::suite).toList());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static CipherSuite suite(String line) {
    String[] cells = line.split("\t", -1);
    return new CipherSuite(
        Integer.parseInt(cells[0], 16),
        cells[1],
        cells[2],
        cells[3],
        cells[4],
        cells[5],
        cells[6],
        Integer.parseInt(cells[7]),
        cells[8],
        cells[9].equals("default"));
  }

  /** All suites. */
  public List<CipherSuite> suites() {
    return suites;
  }

  /** By IANA's name. */
  public Optional<CipherSuite> byStandardName(String standardName) {
    return Optional.ofNullable(byStandardName.get(standardName));
  }

  /** By the number on the wire. */
  public Optional<CipherSuite> byCode(int code) {
    return suites.stream().filter(suite -> suite.code() == code).findFirst();
  }

  /** By OpenSSL's name. */
  public Optional<CipherSuite> byName(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** True if there is a suite of that name, in either spelling. */
  boolean knows(String name) {
    return byName.containsKey(name) || byStandardName.containsKey(name);
  }
}
