package io.tlsport.provider.jdk;

import io.tlsport.Support;
import io.tlsport.spi.ProviderConfig;
import java.lang.reflect.InaccessibleObjectException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What of SunJSSE's internals can be used: none, unless the user allows them and Java was started
 * with them open.
 *
 * @param ticketKeys of servers
 * @param sessions as bytes
 * @param support of features that rest on them
 */
record JdkInternals(
    Optional<SunTicketKeys> ticketKeys, Optional<SunSessions> sessions, Support support) {
  private static JdkInternals none(String reason) {
    return new JdkInternals(Optional.empty(), Optional.empty(), Support.no(reason));
  }

  /** The internals, if they are allowed, open, and as they have to be. */
  static JdkInternals load(ProviderConfig config) {
    if (!config.internals()) {
      return none(
          "SunJSSE shows no session and takes no ticket keys by its API: allow internals, and start"
              + " Java with "
              + opening()
              + "; or use bctls");
    }
    if (!JdkAvailability.check().available()) {
      return none("there is no SunJSSE");
    }
    try {
      SSLContext sample = JdkProvider.newContext();
      sample.init(null, null, null);
      return new JdkInternals(
          Optional.of(SunTicketKeys.load(sample)),
          Optional.of(SunSessions.load(sample)),
          Support.viaInternals());
    } catch (InaccessibleObjectException shut) {
      return none("SunJSSE's internals are shut: start Java with " + opening());
    } catch (GeneralSecurityException | ReflectiveOperationException | RuntimeException changed) {
      return none("SunJSSE's internals are not what they were in Java 17 and 25; use bctls");
    }
  }

  /** The option of Java that opens them to whoever holds this class. */
  private static String opening() {
    Module own = JdkInternals.class.getModule();
    String name = own.isNamed() ? own.getName() : "ALL-UNNAMED";
    return "--add-opens java.base/" + SunTicketKeys.PACKAGE + "=" + name;
  }
}
