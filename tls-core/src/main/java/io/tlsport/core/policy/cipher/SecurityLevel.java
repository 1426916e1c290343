package io.tlsport.core.policy.cipher;

import java.util.Optional;

/**
 * What OpenSSL's security levels demand of a suite (its manual page {@code
 * SSL_CTX_set_security_level(3)}).
 *
 * @param number 0 to 5
 */
record SecurityLevel(int number) {
  /** OpenSSL's own, where a list sets none. */
  static final SecurityLevel DEFAULT = new SecurityLevel(1);

  private static final String COMMAND = "SECLEVEL=";
  private static final int[] BITS = {0, 80, 112, 128, 192, 256};

  /** SHA-1 as MAC is good for 160 bits. */
  private static final int SHA1_BITS = 160;

  private static final int NO_RC4 = 2;
  private static final int FORWARD_SECRECY = 3;

  /** The level that {@code SECLEVEL=n} sets; empty for other commands and numbers. */
  static Optional<SecurityLevel> ofCommand(String command) {
    if (command.length() != COMMAND.length() + 1 || !command.startsWith(COMMAND)) {
      return Optional.empty();
    }
    int number = command.charAt(COMMAND.length()) - '0';
    return number >= 0 && number < BITS.length
        ? Optional.of(new SecurityLevel(number))
        : Optional.empty();
  }

  boolean allows(CipherSuite suite) {
    if (number == 0) {
      return true;
    }
    boolean strong = suite.strength() >= BITS[number];
    boolean authenticated = !suite.authentication().equals("None");
    boolean mac =
        !suite.mac().equals("MD5") && (BITS[number] <= SHA1_BITS || !suite.mac().equals("SHA1"));
    boolean cipher = number < NO_RC4 || !suite.encryption().equals("RC4");
    boolean secrecy = number < FORWARD_SECRECY || suite.isTls13() || suite.isForwardSecret();
    return strong && authenticated && mac && cipher && secrecy;
  }
}
