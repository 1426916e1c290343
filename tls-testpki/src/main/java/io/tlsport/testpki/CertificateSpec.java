package io.tlsport.testpki;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a certificate says. Immutable; two equal ones of one issuer are one certificate.
 *
 * @param commonName the subject's {@code CN}
 * @param key what kind of key it certifies
 * @param dnsNames alternative names of type DNS
 * @param addresses alternative names of type IP, as numeric text
 * @param from start of validity, from now on; negative: in the past
 * @param to end of validity, from now on; negative: it has expired
 * @param usages extended key usage; empty: the extension is absent
 * @param authority true if it may sign certificates
 */
public record CertificateSpec(
    String commonName,
    KeyKind key,
    List<String> dnsNames,
    List<String> addresses,
    Duration from,
    Duration to,
    Set<Usage> usages,
    boolean authority) {
  /** What a certificate may be used for. */
  public enum Usage {
    /** {@code serverAuth}. */
    SERVER,
    /** {@code clientAuth}. */
    CLIENT
  }

  /** Keeps copies. */
  public CertificateSpec {
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
    usages = Set.copyOf(usages);
  }

  /** A leaf of that name and nothing else, valid for a day. */
  public static CertificateSpec of(String commonName) {
    return new CertificateSpec(
        commonName,
        KeyKind.EC_P256,
        List.of(),
        List.of(),
        Duration.ofHours(-1),
        Duration.ofDays(1),
        Set.of(),
        false);
  }

  /** A server's: its first name is also the common name. */
  public static CertificateSpec server(String... names) {
    return of(names[0]).dns(names).usage(Usage.SERVER);
  }

  /** A client's. */
  public static CertificateSpec client(String commonName) {
    return of(commonName).usage(Usage.CLIENT);
  }

  /** The same with another kind of key. */
  public CertificateSpec key(KeyKind kind) {
    return new CertificateSpec(commonName, kind, dnsNames, addresses, from, to, usages, authority);
  }

  /** The same with more DNS names. */
  public CertificateSpec dns(String... names) {
    List<String> more = new ArrayList<>(dnsNames);
    more.addAll(List.of(names));
    return new CertificateSpec(commonName, key, more, addresses, from, to, usages, authority);
  }

  /** The same with more addresses. */
  public CertificateSpec ip(String... numeric) {
    List<String> more = new ArrayList<>(addresses);
    more.addAll(List.of(numeric));
    return new CertificateSpec(commonName, key, dnsNames, more, from, to, usages, authority);
  }

  /** The same with another validity, both ends counted from now. */
  public CertificateSpec valid(Duration start, Duration end) {
    return new CertificateSpec(commonName, key, dnsNames, addresses, start, end, usages, authority);
  }

  /** The same, expired yesterday. */
  public CertificateSpec expired() {
    return valid(Duration.ofDays(-30), Duration.ofDays(-1));
  }

  /** The same, valid from tomorrow on. */
  public CertificateSpec notYetValid() {
    return valid(Duration.ofDays(1), Duration.ofDays(30));
  }

  /** The same, usable for that too. */
  public CertificateSpec usage(Usage usage) {
    Set<Usage> more = EnumSet.of(usage);
    more.addAll(usages);
    return new CertificateSpec(commonName, key, dnsNames, addresses, from, to, more, authority);
  }

  /** The same as an authority. */
  CertificateSpec asAuthority() {
    return new CertificateSpec(commonName, key, dnsNames, addresses, from, to, usages, true);
  }
}
