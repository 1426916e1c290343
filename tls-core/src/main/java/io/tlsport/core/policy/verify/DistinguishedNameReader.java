package io.tlsport.core.policy.verify;

import io.tlsport.DistinguishedName;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of certificates, attribute by attribute, with OpenSSL's short names. Total. */
final class DistinguishedNameReader {
  private static final int UNIVERSAL_STRING = 0x1c;
  private static final int BMP_STRING = 0x1e;
  private static final int UTF8_STRING = 0x0c;
  private static final Charset UTF_32 = Charset.forName("UTF-32BE");

  private DistinguishedNameReader() {}

  /** The name of those bytes; what cannot be read ends it. */
  static DistinguishedName read(byte[] der) {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    try {
      DerReader sequence = new DerReader(der).enter(DerReader.SEQUENCE);
      while (!sequence.isEmpty()) {
        DerReader set = sequence.enter(DerReader.SET);
        while (!set.isEmpty()) {
          attribute(set.enter(DerReader.SEQUENCE), attributes);
        }
      }
    } catch (DerException malformed) {
      return new DistinguishedName(attributes);
    }
    return new DistinguishedName(attributes);
  }

  private static void attribute(DerReader pair, Map<String, List<String>> attributes)
      throws DerException {
    String oid = pair.oid();
    String name = ObjectNames.attribute(oid).orElse(oid);
    attributes.computeIfAbsent(name, key -> new ArrayList<>()).add(text(pair));
  }

  /** The next value, which is a string of some kind. */
  static String text(DerReader pair) throws DerException {
    int tag = pair.peek();
    return new String(pair.next().rest(), charset(tag));
  }

  private static Charset charset(int tag) {
    return switch (tag) {
      case UTF8_STRING -> StandardCharsets.UTF_8;
      case BMP_STRING -> StandardCharsets.UTF_16BE;
      case UNIVERSAL_STRING -> UTF_32;
      default -> StandardCharsets.ISO_8859_1;
    };
  }
}
