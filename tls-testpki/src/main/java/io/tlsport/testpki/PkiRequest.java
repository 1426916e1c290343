package io.tlsport.testpki;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** A request to the maker as one line of {@code name=value} words, values in URL encoding. */
final class PkiRequest {
  private PkiRequest() {}

  static String line(int number, CertificateSpec spec, Optional<Integer> issuer) {
    StringJoiner line = new StringJoiner(" ");
    line.add("number=" + number);
    issuer.ifPresent(signer -> line.add("issuer=" + signer));
    line.add("key=" + spec.key());
    line.add("cn=" + encoded(spec.commonName()));
    addAll(line, "dns", spec.dnsNames());
    addAll(line, "ip", spec.addresses());
    addAll(line, "usage", spec.usages().stream().map(Enum::name).sorted().toList());
    line.add("from=" + spec.from().toSeconds());
    line.add("to=" + spec.to().toSeconds());
    line.add("authority=" + spec.authority());
    return line.toString();
  }

  private static void addAll(StringJoiner line, String name, List<String> values) {
    values.forEach(value -> line.add(name + "=" + encoded(value)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
