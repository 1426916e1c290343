package io.tlsport.core.runtime;

import io.tlsport.core.policy.hint.MissingIssuer;
import io.tlsport.spi.Identity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/** Warns of what a server shows and most peers cannot verify, before the first of them fails. */
final class ServedChains {
  private ServedChains() {}

  /**
   * Warns of chains without an authority between them and a root. Only where the last certificate
   * says where its issuer is to be had: without that it may as well be below a root that peers
   * know.
   *
   * @param roots those that peers may be expected to know; asked only if an issuer is missing
   */
  static void warn(DefaultSecureContext context, Supplier<List<X509Certificate>> roots) {
    for (Identity identity : context.identities()) {
      MissingIssuer.of(identity.chain())
          .filter(missing -> !missing.addresses().isEmpty())
          .filter(missing -> !missing.isAmong(context.trusted()))
          .filter(missing -> !missing.isAmong(roots.get()))
          .ifPresent(
              missing ->
                  System.getLogger("io.tlsport")
                      .log(System.Logger.Level.WARNING, missing.warning()));
    }
  }
}
