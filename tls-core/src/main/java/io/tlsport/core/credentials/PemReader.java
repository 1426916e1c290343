package io.tlsport.core.credentials;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Pem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the blocks of a PEM text; what stands between them is passed over. Total. */
final class PemReader {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private final String option;
  private final Pem pem;
  private final String[] lines;
  private int at;

  private PemReader(String option, Pem pem) {
    this.option = option;
    this.pem = pem;
    this.lines = new String(pem.bytes(), StandardCharsets.ISO_8859_1).split("\r\n|\r|\n", -1);
  }

  /**
   * All blocks, in order; may be none.
   *
   * @throws ConfigurationException for a block that does not end or is no base64
   */
  static List<PemBlock> read(String option, Pem pem) {
    return new PemReader(option, pem).blocks();
  }

  private List<PemBlock> blocks() {
    List<PemBlock> blocks = new ArrayList<>();
    for (; at < lines.length; at++) {
      String line = lines[at].trim();
      if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + 5) {
        blocks.add(block(line.substring(BEGIN.length(), line.length() - DASHES.length())));
      }
    }
    return blocks;
  }

  private PemBlock block(String label) {
    Map<String, String> headers = new LinkedHashMap<>();
    StringBuilder base64 = new StringBuilder();
    int begin = at + 1;
    for (at++; at < lines.length; at++) {
      String line = lines[at].trim();
      if (line.startsWith(END)) {
        if (!line.equals(END + label + DASHES)) {
          throw bad(label, begin, "it ends with " + line);
        }
        return new PemBlock(label, begin, headers, decode(label, begin, base64.toString()));
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
      } else {
        base64.append(line);
      }
    }
    throw bad(label, begin, "it has no END line");
  }

  private byte[] decode(String label, int begin, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw bad(label, begin, "its content is no base64");
    }
  }

  private ConfigurationException bad(String label, int begin, String why) {
    return new ConfigurationException(
        ErrorCode.ERR_OSSL_PEM_BAD_DATA,
        option
            + " ("
            + pem.origin()
            + "): the block "
            + label
            + " in line "
            + begin
            + " is damaged: "
            + why);
  }
}
