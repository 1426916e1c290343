package io.tlsport.core.policy.cipher;

import io.tlsport.CipherInfo;

/** From an engine's name of a suite to what {@code getCipher()} shows. */
public final class CipherNames {
  private CipherNames() {}

  /** What is known of a suite; one that OpenSSL does not have keeps its IANA name. */
  public static CipherInfo info(String standardName) {
    return CipherTable.get()
        .byStandardName(standardName)
        .map(suite -> new CipherInfo(suite.name(), standardName, version(suite.since())))
        .orElseGet(() -> new CipherInfo(standardName, standardName, "TLSv1.2"));
  }

  /** OpenSSL's library and its program differ in this one name. */
  private static String version(String since) {
    return since.equals("TLSv1") ? "TLSv1.0" : since;
  }
}
