package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A distinguished name as one text (RFC 2253), with OpenSSL's short names. Total. */
final class DirectoryText {
  private DirectoryText() {}

  /** The text, last attribute first; empty for what cannot be read. */
  static Optional<String> of(byte[] der) {
    try {
      List<String> relative = new ArrayList<>();
      DerReader sequence = new DerReader(der).enter(DerReader.SEQUENCE);
      while (!sequence.isEmpty()) {
        List<String> parts = new ArrayList<>();
        DerReader set = sequence.enter(DerReader.SET);
        while (!set.isEmpty()) {
          parts.add(part(set.enter(DerReader.SEQUENCE)));
        }
        Collections.reverse(parts);
        relative.add(String.join("+", parts));
      }
      Collections.reverse(relative);
      return Optional.of(String.join(",", relative));
    } catch (DerException malformed) {
      return Optional.empty();
    }
  }

  /** What has no name is shown as it is encoded, since nobody knows how to read it. */
  private static String part(DerReader pair) throws DerException {
    String oid = pair.oid();
    Optional<String> name = ObjectNames.attribute(oid);
    if (name.isEmpty()) {
      return oid + "=#" + HexFormat.of().withUpperCase().formatHex(pair.raw());
    }
    return name.get() + "=" + escaped(DistinguishedNameReader.text(pair));
  }

  private static String escaped(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean atEdge = (i == 0 && (c == ' ' || c == '#')) || (i == value.length() - 1 && c == ' ');
      if (atEdge || ",+\"\\<>;".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }
}
