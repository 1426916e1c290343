package io.tlsport.interop;

import static io.tlsport.core.fixtures.CertificateMaker.FAR_AHEAD;
import static io.tlsport.core.fixtures.CertificateMaker.LONG_AGO;
import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;

import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.interop.Verification.Side;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A small public-key infrastructure in which everything goes wrong once. */
final class Verifications {
  private static final List<String> VERSIONS = List.of("TLSv1.2", "TLSv1.3");
  private static final Instant BEFORE = Instant.parse("2021-01-01T00:00:00Z");
  private static final Instant AFTER = Instant.parse("2079-01-01T00:00:00Z");
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

  private final Made root = authority("CN=Interop Root").keyIdentifiers().make();
  private final Made middle = authority("CN=Interop CA").issuer(root).keyIdentifiers().make();
  private final Made stranger = authority("CN=Stranger").keyIdentifiers().make();
  private final Made good = named("CN=good").make();
  private final List<Verification> all = new ArrayList<>();

  /** Every certificate in both roles, then who asks, who rejects and who shows what. */
  static List<Verification> all() {
    Verifications made = new Verifications();
    made.certificates();
    made.requests();
    return made.all;
  }

  private CertificateMaker named(String subject) {
    return leaf(subject).hosts("localhost").issuer(middle).keyIdentifiers();
  }

  private void certificates() {
    Made end = named("CN=End").noAuthority().make();
    Made below = leaf("CN=below").hosts("localhost").issuer(end).keyIdentifiers().make();
    Made foreign = leaf("CN=foreign").hosts("localhost").issuer(stranger).make();
    Made revoked = named("CN=revoked").make();
    X509CRL ofRoot = CrlMaker.by(root).make();
    X509CRL ofMiddle = CrlMaker.by(middle).revoke(revoked).make();
    both("good", good, middle);
    both("expired", named("CN=old").valid(LONG_AGO, BEFORE).make(), middle);
    both("not yet valid", named("CN=young").valid(AFTER, FAR_AHEAD).make(), middle);
    both("self-signed", leaf("CN=own").hosts("localhost").make());
    both("self-signed in chain", foreign, stranger);
    both("missing intermediate", named("CN=lonely").make());
    both("of an unknown authority", foreign);
    both("issuer is no authority", below, end, middle);
    certificate("for clients", false, List.of(), for1(CLIENT), middle);
    certificate("for servers", true, List.of(), for1(SERVER), middle);
    for (boolean server : new boolean[] {false, true}) {
      certificate("revoked", server, List.of(ofRoot, ofMiddle), revoked, middle);
      certificate("not revoked", server, List.of(ofRoot, ofMiddle), good, middle);
      certificate("no list of its issuer", server, List.of(ofRoot), good, middle);
      certificate(
          "expired list",
          server,
          List.of(ofRoot, CrlMaker.by(middle).valid(LONG_AGO, BEFORE).make()),
          good,
          middle);
      certificate(
          "self-signed, with lists",
          server,
          List.of(ofRoot, ofMiddle),
          leaf("CN=own").hosts("localhost").make());
    }
    both("another name", named("CN=x").hosts("elsewhere.example").make(), middle);
    both("its name as common name", leaf("CN=localhost").issuer(middle).make(), middle);
  }

  private Made for1(String purpose) {
    return named("CN=for one purpose").extendedKeyUsage(purpose).make();
  }

  private void both(String name, Made... chain) {
    certificate(name, false, List.of(), chain);
    certificate(name, true, List.of(), chain);
  }

  private void certificate(String name, boolean server, List<X509CRL> crls, Made... chain) {
    Side judge = new Side(server ? List.of(good, middle) : List.of(), List.of(root), crls);
    for (String version : VERSIONS) {
      for (boolean rejects : new boolean[] {false, true}) {
        all.add(
            new Verification(
                name, server, judge, Side.showing(List.of(chain)), server, rejects, version));
      }
    }
  }

  private void requests() {
    Side judge = new Side(List.of(good, middle), List.of(root), List.of());
    Made foreign = leaf("CN=foreign").issuer(stranger).make();
    for (String version : VERSIONS) {
      for (boolean requests : new boolean[] {false, true}) {
        for (boolean rejects : new boolean[] {false, true}) {
          request("no certificate", judge, List.of(), requests, rejects, version);
          request("an untrusted one", judge, List.of(foreign), requests, rejects, version);
          request("a trusted one", judge, List.of(good, middle), requests, rejects, version);
        }
      }
    }
  }

  private void request(
      String name,
      Side judge,
      List<Made> shown,
      boolean requests,
      boolean rejects,
      String version) {
    all.add(new Verification(name, true, judge, Side.showing(shown), requests, rejects, version));
  }
}
