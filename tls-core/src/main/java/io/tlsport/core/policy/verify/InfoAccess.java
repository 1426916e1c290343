package io.tlsport.core.policy.verify;

import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where an authority answers (RFC 5280 section 4.2.2.1), in Node's form. Total. */
public final class InfoAccess {
  private static final String OID = "1.3.6.1.5.5.7.1.1";

  private InfoAccess() {}

  /** {@code OCSP - URI} to the addresses; nothing if any of it cannot be read, as in Node. */
  public static Map<String, List<String>> of(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(OID);
    try {
      return extension == null ? Map.of() : read(extension);
    } catch (DerException malformed) {
      return Map.of();
    }
  }

  private static Map<String, List<String>> read(byte[] extension) throws DerException {
    Map<String, List<String>> found = new LinkedHashMap<>();
    DerReader sequence = new DerReader(new DerReader(extension).octets()).enter(DerReader.SEQUENCE);
    while (!sequence.isEmpty()) {
      DerReader description = sequence.enter(DerReader.SEQUENCE);
      String method = ObjectNames.accessMethod(description.oid());
      AltNames.AltName location = AltNames.name(GeneralName.next(description));
      found
          .computeIfAbsent(method + " - " + location.kind(), kind -> new ArrayList<>())
          .add(location.value());
    }
    return found;
  }
}
