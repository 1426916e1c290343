package io.tlsport.core.policy.verify;

import static io.tlsport.core.fixtures.CertificateMaker.FAR_AHEAD;
import static io.tlsport.core.fixtures.CertificateMaker.LONG_AGO;
import static io.tlsport.core.fixtures.CertificateMaker.NOW;
import static io.tlsport.core.fixtures.CertificateMaker.UNLIMITED;
import static io.tlsport.core.fixtures.CertificateMaker.authority;
import static io.tlsport.core.fixtures.CertificateMaker.leaf;

import io.tlsport.AuthorizationError;
import io.tlsport.ConnectionLimits;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.spi.JcaServices;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Chains that a verifier meets, each wrong in one way at most, for others to judge as well. */
final class Scenarios {
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final Instant BEFORE = Instant.parse("2021-01-01T00:00:00Z");
  private static final Instant AFTER = Instant.parse("2079-01-01T00:00:00Z");

  private final List<Scenario> all = new ArrayList<>();
  private final Made root = authority("CN=Root").keyIdentifiers().make();
  private final Made middle = authority("CN=Middle").issuer(root).keyIdentifiers().make();
  private final Made good = leaf("CN=leaf").issuer(middle).keyIdentifiers().make();

  private Scenarios() {
    paths();
    dates();
    purposes();
    authorities();
    strength();
    names();
    kindsOfNames();
    revocation();
    mixtures();
  }

  /**
   * One chain and who judges it.
   *
   * @param name what is wrong
   * @param chain leaf first
   */
  record Scenario(
      String name,
      List<Made> chain,
      List<Made> trusted,
      List<X509CRL> crls,
      boolean partial,
      Purpose purpose) {
    Scenario trusting(Made... others) {
      return new Scenario(name, chain, List.of(others), crls, partial, purpose);
    }

    Scenario partially() {
      return new Scenario(name, chain, trusted, crls, true, purpose);
    }

    Scenario client() {
      return new Scenario(name, chain, trusted, crls, partial, Purpose.CLIENT);
    }

    Scenario revokedBy(X509CRL... lists) {
      return new Scenario(name, chain, trusted, List.of(lists), partial, purpose);
    }

    /** What we say of it. */
    Optional<AuthorizationError> verdict() {
      return verifier().verify(certificates(), purpose);
    }

    /** Everything that is wrong. */
    List<AuthorizationError> findings() {
      return verifier().findings(certificates(), purpose);
    }

    private CertificateVerifier verifier() {
      return new CertificateVerifier(
          trusted.stream().map(Made::certificate).toList(),
          crls,
          partial,
          Strength.ofLevel(2),
          JcaServices.jdk(),
          InstantSource.fixed(NOW),
          () -> 0,
          ConnectionLimits.DEFAULT);
    }

    private List<X509Certificate> certificates() {
      return chain.stream().map(Made::certificate).toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Scenario> all() {
    return new Scenarios().all;
  }

  private Scenario scenario(String name, Made... chain) {
    return new Scenario(name, List.of(chain), List.of(root), List.of(), false, Purpose.SERVER);
  }

  private void paths() {
    Made own = leaf("CN=own").make();
    Made stranger = authority("CN=Stranger").make();
    Made theirs = leaf("CN=theirs").issuer(stranger).make();
    Made impostor =
        CertificateMaker.of("CN=Root", Keys.ec("impostor")).basicConstraints(UNLIMITED).make();
    Made marked =
        CertificateMaker.of("CN=Root", Keys.ec("impostor"))
            .basicConstraints(UNLIMITED)
            .keyIdentifiers()
            .make();
    all.addAll(
        List.of(
            scenario("good", good, middle),
            scenario("good, with its root", good, middle, root),
            scenario("good, as client", good, middle).client(),
            scenario("out of order", good, stranger, root, middle),
            scenario("self-signed leaf", own),
            scenario("self-signed leaf that is trusted", own).trusting(own),
            scenario("a stranger's root", theirs, stranger),
            scenario("missing issuer", good),
            scenario("missing issuer of the issuer", good, middle).trusting(stranger),
            scenario("trusted intermediate", good).trusting(middle),
            scenario("trusted intermediate, partial", good).trusting(middle).partially(),
            scenario("nobody is trusted", good, middle, root).trusting(own),
            scenario("damaged leaf", leaf("CN=l").issuer(middle).damaged().make(), middle),
            scenario("damaged issuer", good, authority("CN=Middle").issuer(root).damaged().make()),
            scenario("issuer of that name and another key", leaf("CN=l").issuer(impostor).make()),
            scenario(
                "issuer of that name and another key identifier",
                leaf("CN=l").issuer(marked).keyIdentifiers().make())));
  }

  private void dates() {
    Made oldMiddle = authority("CN=Old").issuer(root).valid(LONG_AGO, BEFORE).make();
    Made oldRoot = authority("CN=OldRoot").valid(LONG_AGO, BEFORE).make();
    all.addAll(
        List.of(
            scenario("expired", leaf("CN=l").issuer(middle).valid(LONG_AGO, BEFORE).make(), middle),
            scenario(
                "not valid yet",
                leaf("CN=l").issuer(middle).valid(AFTER, FAR_AHEAD).make(),
                middle),
            scenario("expired issuer", leaf("CN=l").issuer(oldMiddle).make(), oldMiddle),
            scenario("expired root", leaf("CN=l").issuer(oldRoot).make()).trusting(oldRoot)));
  }

  private void purposes() {
    Made mail = authority("CN=Mail").issuer(root).extendedKeyUsage("1.3.6.1.5.5.7.3.4").make();
    Made server = leaf("CN=l").issuer(middle).extendedKeyUsage(SERVER).make();
    Made client = leaf("CN=l").issuer(middle).extendedKeyUsage(CLIENT).make();
    Made any = leaf("CN=l").issuer(middle).extendedKeyUsage("2.5.29.37.0").make();
    Made encipher = leaf("CN=l").issuer(middle).keyUsage(2).make();
    Made agree = leaf("CN=l").issuer(middle).keyUsage(4).make();
    Made certSign = leaf("CN=l").issuer(middle).keyUsage(5).make();
    all.addAll(
        List.of(
            scenario("for servers", server, middle),
            scenario("for servers, as client", server, middle).client(),
            scenario("for clients", client, middle),
            scenario("for clients, as client", client, middle).client(),
            scenario("for any purpose", any, middle),
            scenario("issuer for mail", leaf("CN=l").issuer(mail).make(), mail),
            scenario("key enciphers", encipher, middle),
            scenario("key enciphers, as client", encipher, middle).client(),
            scenario("key agrees, as client", agree, middle).client(),
            scenario("key signs certificates", certSign, middle)));
  }

  private void authorities() {
    Made end = leaf("CN=End").noAuthority().issuer(middle).make();
    Made silent = leaf("CN=Silent").issuer(root).make();
    Made old = leaf("CN=Old").version1().issuer(root).make();
    Made noSign = authority("CN=NoSign").keyUsage(0).issuer(root).make();
    Made oldRoot = leaf("CN=OldRoot").version1().make();
    Made nothing = leaf("CN=Nothing").hosts("a.example").make();
    Made narrow = authority("CN=Narrow").basicConstraints(0).issuer(root).keyIdentifiers().make();
    Made below = authority("CN=Below").issuer(narrow).make();
    Made again =
        CertificateMaker.of("CN=Narrow", Keys.ec("again"))
            .basicConstraints(0)
            .keyUsage(5, 6)
            .issuer(narrow)
            .keyIdentifiers()
            .make();
    Made odd = leaf("CN=l").issuer(middle).extension("1.2.3.4", true, Der.none()).make();
    all.addAll(
        List.of(
            scenario("issuer is no authority", leaf("CN=l").issuer(end).make(), end, middle),
            scenario("issuer says nothing", leaf("CN=l").issuer(silent).make(), silent),
            scenario("issuer of version 1", leaf("CN=l").issuer(old).make(), old),
            scenario("issuer may not sign", leaf("CN=l").issuer(noSign).make(), noSign),
            scenario("root of version 1", leaf("CN=l").issuer(oldRoot).make()).trusting(oldRoot),
            scenario("root says nothing", leaf("CN=l").issuer(nothing).make()).trusting(nothing),
            scenario("short enough", leaf("CN=l").issuer(narrow).make(), narrow),
            scenario("too long", leaf("CN=l").issuer(below).make(), below, narrow),
            scenario("self-issued in between", leaf("CN=l").issuer(again).make(), again, narrow),
            scenario("unknown critical extension", odd, middle)));
  }

  private void strength() {
    Made weakCa =
        CertificateMaker.of("CN=Weak", Keys.rsa(1024, "weak"))
            .basicConstraints(UNLIMITED)
            .issuer(root)
            .make();
    Made oldRoot = authority("CN=OldRoot").algorithm("SHA1withECDSA").make();
    all.addAll(
        List.of(
            scenario(
                "weak key",
                CertificateMaker.of("CN=l", Keys.rsa(1024, "l")).issuer(middle).make(),
                middle),
            scenario("weak key of the issuer", leaf("CN=l").issuer(weakCa).make(), weakCa),
            scenario(
                "weak digest",
                leaf("CN=l").issuer(middle).algorithm("SHA1withECDSA").make(),
                middle),
            scenario("weak digest of the root", leaf("CN=l").issuer(oldRoot).make())
                .trusting(oldRoot)));
  }

  private void names() {
    Made limited =
        authority("CN=Limited")
            .issuer(root)
            .hostConstraints(List.of("example.com"), List.of("secret.example.com"))
            .make();
    Made limitedRoot =
        authority("CN=LimitedRoot").hostConstraints(List.of("example.com"), List.of()).make();
    all.addAll(
        List.of(
            scenario(
                "permitted name",
                leaf("CN=l").issuer(limited).hosts("www.example.com").make(),
                limited),
            scenario(
                "name that is not permitted",
                leaf("CN=l").issuer(limited).hosts("www.example.org").make(),
                limited),
            scenario(
                "excluded name",
                leaf("CN=l").issuer(limited).hosts("a.secret.example.com").make(),
                limited),
            scenario(
                "common name that is not permitted",
                leaf("CN=www.example.org").issuer(limited).make(),
                limited),
            selfIssued(),
            scenario("no name at all", leaf("CN=l").issuer(limited).make(), limited),
            scenario(
                    "not permitted by the root",
                    leaf("CN=l").issuer(limitedRoot).hosts("www.example.org").make())
                .trusting(limitedRoot),
            scenario(
                    "permitted by the root",
                    leaf("CN=l").issuer(limitedRoot).hosts("example.com").make())
                .trusting(limitedRoot)));
  }

  /** An authority may go on under its own name with another key. */
  private Scenario selfIssued() {
    Made first =
        authority("CN=First")
            .issuer(root)
            .nameConstraints(List.of(directory("O=Example")), List.of())
            .keyIdentifiers()
            .make();
    Made second =
        CertificateMaker.of("CN=First", Keys.ec("second"))
            .basicConstraints(UNLIMITED)
            .issuer(first)
            .keyIdentifiers()
            .make();
    return scenario(
        "self-issued outside of its own names",
        leaf("CN=l,O=Example").issuer(second).keyIdentifiers().make(),
        second,
        first);
  }

  /** One name of each kind, within what is permitted, outside of it, and in what is excluded. */
  private void kindsOfNames() {
    kind(
        "email",
        text(0x81, "example.com"),
        text(0x81, "a@example.com"),
        text(0x81, "a@www.example.com"));
    kind(
        "email of a domain",
        text(0x81, ".example.com"),
        text(0x81, "a@www.example.com"),
        text(0x81, "a@example.com"));
    kind(
        "mailbox",
        text(0x81, "a@example.com"),
        text(0x81, "a@EXAMPLE.com"),
        text(0x81, "b@example.com"));
    kind(
        "URI",
        text(0x86, "example.com"),
        text(0x86, "http://example.com:80/x"),
        text(0x86, "http://www.example.com/"));
    kind(
        "URI of a domain",
        text(0x86, ".example.com"),
        text(0x86, "http://www.example.com"),
        text(0x86, "http://example.com/"));
    kind(
        "host",
        text(0x82, "example.com"),
        text(0x82, "www.EXAMPLE.com"),
        text(0x82, "wwwexample.com"));
    kind("any host", text(0x82, ""), text(0x82, "www.example.com"), text(0x86, "http://x/"));
    kind(
        "IPv4",
        Der.tagged(0x87, new byte[] {10, 1, 0, 0, -1, -1, 0, 0}),
        Der.tagged(0x87, new byte[] {10, 1, 2, 3}),
        Der.tagged(0x87, new byte[] {10, 2, 2, 3}));
    kind(
        "directory",
        directory("O=Example"),
        directory("CN=a,O=example"),
        directory("CN=a,O=Other"));
  }

  private static byte[] text(int tag, String text) {
    return Der.tagged(tag, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] directory(String name) {
    return Der.tagged(0xa4, new X500Principal(name).getEncoded());
  }

  private void kind(String kind, byte[] base, byte[] inside, byte[] outside) {
    String subject = kind.equals("directory") ? "CN=l,O=Example" : "CN=l";
    Made permits =
        authority("CN=Permits").issuer(root).nameConstraints(List.of(base), List.of()).make();
    Made excludes =
        authority("CN=Excludes").issuer(root).nameConstraints(List.of(), List.of(base)).make();
    all.addAll(
        List.of(
            scenario(
                kind + " within", leaf(subject).issuer(permits).altNames(inside).make(), permits),
            scenario(
                kind + " outside", leaf(subject).issuer(permits).altNames(outside).make(), permits),
            scenario(
                kind + " excluded",
                leaf("CN=l").issuer(excludes).altNames(inside).make(),
                excludes),
            scenario(
                kind + " not excluded",
                leaf("CN=l").issuer(excludes).altNames(outside).make(),
                excludes)));
  }

  private void revocation() {
    X509CRL ofRoot = CrlMaker.by(root).make();
    X509CRL ofMiddle = CrlMaker.by(middle).make();
    Made noCrlSign = authority("CN=NoCrlSign").keyUsage(5).issuer(root).make();
    all.addAll(
        List.of(
            scenario("not revoked", good, middle).revokedBy(ofRoot, ofMiddle),
            scenario("revoked", good, middle)
                .revokedBy(ofRoot, CrlMaker.by(middle).revoke(good).make()),
            scenario("revoked issuer", good, middle)
                .revokedBy(CrlMaker.by(root).revoke(middle).make(), ofMiddle),
            scenario("no list of the issuer", good, middle).revokedBy(ofRoot),
            scenario("no list of the root", good, middle).revokedBy(ofMiddle),
            scenario("expired list", good, middle)
                .revokedBy(ofRoot, CrlMaker.by(middle).valid(LONG_AGO, BEFORE).make()),
            scenario("list of the future", good, middle)
                .revokedBy(ofRoot, CrlMaker.by(middle).valid(AFTER, FAR_AHEAD).make()),
            scenario("forged list", good, middle)
                .revokedBy(ofRoot, CrlMaker.by(middle).signedWith(Keys.ec("forger")).make()),
            scenario(
                    "list of somebody who may sign none",
                    leaf("CN=l").issuer(noCrlSign).make(),
                    noCrlSign)
                .revokedBy(ofRoot, CrlMaker.by(noCrlSign).make()),
            scenario("list of authorities only", good, middle)
                .revokedBy(ofRoot, scoped(middle, Der.tagged(0x82, new byte[] {(byte) 0xff}))),
            scenario("list of users only", good, middle)
                .revokedBy(ofRoot, scoped(middle, Der.tagged(0x81, new byte[] {(byte) 0xff}))),
            scenario("list of some reasons only", good, middle)
                .revokedBy(ofRoot, scoped(middle, Der.tagged(0x83, new byte[] {5, 0x20})))));
  }

  /** Several things at once: what is told then is a matter of order. */
  private void mixtures() {
    X509CRL ofRoot = CrlMaker.by(root).make();
    X509CRL ofMiddle = CrlMaker.by(middle).make();
    Made own = leaf("CN=own").make();
    Made stranger = authority("CN=Stranger").make();
    Made theirs = leaf("CN=theirs").issuer(stranger).make();
    Made old = leaf("CN=l").issuer(middle).valid(LONG_AGO, BEFORE).keyIdentifiers().make();
    Made oldMiddle = authority("CN=Old").issuer(root).valid(LONG_AGO, BEFORE).make();
    Made end = leaf("CN=End").noAuthority().issuer(middle).make();
    all.addAll(
        List.of(
            scenario(
                "expired, for clients",
                leaf("CN=l").issuer(middle).valid(LONG_AGO, BEFORE).extendedKeyUsage(CLIENT).make(),
                middle),
            scenario("expired, missing issuer", old),
            scenario(
                "expired, expired issuer",
                leaf("CN=l").issuer(oldMiddle).valid(LONG_AGO, BEFORE).make(),
                oldMiddle),
            scenario(
                "expired, issuer is no authority",
                leaf("CN=l").issuer(end).valid(LONG_AGO, BEFORE).make(),
                end,
                middle),
            scenario("expired, revoked", old, middle)
                .revokedBy(ofRoot, CrlMaker.by(middle).revoke(old).make()),
            scenario("self-signed leaf, with lists", own).revokedBy(ofRoot),
            scenario("missing issuer, with lists", good).revokedBy(ofRoot, ofMiddle),
            scenario("a stranger's root, with lists", theirs, stranger).revokedBy(ofRoot)));
  }

  private static X509CRL scoped(Made issuer, byte[] field) {
    return CrlMaker.by(issuer).extension("2.5.29.28", true, Der.sequence(field)).make();
  }
}
