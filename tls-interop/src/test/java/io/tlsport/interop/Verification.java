package io.tlsport.interop;

import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One handshake in which one side judges the other, in the words of PEM files, so that Node and we
 * are given the same.
 *
 * @param name what is judged
 * @param server true if the server judges its client
 * @param judge the side that judges
 * @param shown the other side
 * @param requests the server asks for a certificate
 * @param rejects the judge cuts off whom it does not trust
 * @param version the only version
 */
record Verification(
    String name,
    boolean server,
    Side judge,
    Side shown,
    boolean requests,
    boolean rejects,
    String version) {

  /**
   * What a side is made of.
   *
   * @param chain its certificates, leaf first; empty: it shows none
   */
  record Side(List<Made> chain, List<Made> ca, List<X509CRL> crls) {
    static Side showing(List<Made> chain) {
      return new Side(chain, List.of(), List.of());
    }

    String key() {
      return chain.isEmpty() ? "" : chain.get(0).keyPem();
    }

    String cert() {
      return chain.stream().map(Made::pem).collect(Collectors.joining());
    }

    List<String> caPems() {
      return ca.stream().map(Made::pem).toList();
    }

    List<String> crlPems() {
      List<String> pems = new ArrayList<>();
      for (X509CRL crl : crls) {
        try {
          pems.add(CertificateMaker.pem("X509 CRL", crl.getEncoded()));
        } catch (CRLException impossible) {
          throw new AssertionError(impossible);
        }
      }
      return pems;
    }
  }

  Side serverSide() {
    return server ? judge : shown;
  }

  Side clientSide() {
    return server ? shown : judge;
  }

  /** The same, but the judge takes whom it does not trust. */
  Verification tolerant() {
    return new Verification(name, server, judge, shown, requests, false, version);
  }

  String title() {
    return String.join(
        ", ",
        name,
        server ? "server judges" : "client judges",
        requests ? "asks" : "asks not",
        rejects ? "rejects" : "rejects not",
        version);
  }

  /** For verdicts.js. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"judge\":%s,\"version\":%s,\"server\":%s,\"client\":%s}",
        quoted(server ? "server" : "client"),
        quoted(version),
        side(
            serverSide(), Map.of("requestCert", requests, "rejectUnauthorized", server && rejects)),
        side(clientSide(), Map.of("rejectUnauthorized", !server && rejects)));
  }

  private static String side(Side side, Map<String, Boolean> flags) {
    List<String> members = new ArrayList<>();
    members.add("\"key\":" + quoted(side.key()));
    members.add("\"cert\":" + quoted(side.cert()));
    members.add("\"ca\":" + list(side.caPems()));
    members.add("\"crl\":" + list(side.crlPems()));
    flags.forEach((flag, value) -> members.add(quoted(flag) + ":" + value));
    return "{" + String.join(",", members) + "}";
  }

  private static String list(List<String> texts) {
    return texts.stream().map(Verification::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }
}
