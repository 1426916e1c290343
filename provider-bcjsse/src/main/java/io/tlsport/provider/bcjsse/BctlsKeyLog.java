package io.tlsport.provider.bcjsse;

import io.tlsport.spi.EngineEvents;
import java.util.HexFormat;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/** Tells a connection's secrets in the format of {@code SSLKEYLOGFILE}; only if it is asked to. */
final class BctlsKeyLog {
  private final JcaTlsCrypto crypto;
  private final EngineEvents events;
  private final boolean wanted;

  BctlsKeyLog(JcaTlsCrypto crypto, EngineEvents events, boolean wanted) {
    this.crypto = crypto;
    this.events = events;
    this.wanted = wanted;
  }

  /** In TLS 1.3, while both traffic secrets are those of the handshake. */
  void handshake(SecurityParameters parameters) {
    traffic(parameters, "HANDSHAKE_TRAFFIC_SECRET");
  }

  /** When all secrets are those of the connection. */
  void complete(SecurityParameters parameters) {
    if (BctlsVersions.isTls13(parameters.getNegotiatedVersion())) {
      line(parameters, "EXPORTER_SECRET", parameters.getExporterMasterSecret());
      traffic(parameters, "TRAFFIC_SECRET_0");
    } else {
      line(parameters, "CLIENT_RANDOM", parameters.getMasterSecret());
    }
  }

  private void traffic(SecurityParameters parameters, String label) {
    line(parameters, "CLIENT_" + label, parameters.getTrafficSecretClient());
    line(parameters, "SERVER_" + label, parameters.getTrafficSecretServer());
  }

  /** A copy is told: Bouncy Castle forgets a secret that it extracts. */
  private void line(SecurityParameters parameters, String label, TlsSecret secret) {
    if (wanted) {
      HexFormat hex = HexFormat.of();
      events.keyLog(
          String.join(
              " ",
              label,
              hex.formatHex(parameters.getClientRandom()),
              hex.formatHex(crypto.adoptSecret(secret).extract())));
    }
  }
}
