package io.tlsport.fuzz;

import io.tlsport.ConnectionLimits;
import io.tlsport.PeerCertificate;
import io.tlsport.Session;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.fixtures.CertificateMaker.Made;
import io.tlsport.core.fixtures.CrlMaker;
import io.tlsport.core.fixtures.Der;
import io.tlsport.core.fixtures.Keys;
import io.tlsport.core.policy.der.BerReader;
import io.tlsport.core.policy.der.DerException;
import io.tlsport.core.policy.der.DerReader;
import io.tlsport.core.policy.group.DhParameters;
import io.tlsport.core.policy.hint.MissingIssuer;
import io.tlsport.core.policy.ocsp.StatusCheck;
import io.tlsport.core.policy.session.SessionEnvelope;
import io.tlsport.core.policy.session.SessionOrigin;
import io.tlsport.core.policy.session.TicketKey;
import io.tlsport.core.policy.session.TicketKeyRing;
import io.tlsport.core.policy.verify.CertificateVerifier;
import io.tlsport.core.policy.verify.PeerCertificateReader;
import io.tlsport.core.policy.verify.Purpose;
import io.tlsport.core.policy.verify.ServerIdentity;
import io.tlsport.core.policy.verify.Strength;
import io.tlsport.spi.JcaServices;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is DER, and what this project has encoded itself. */
enum DerTarget implements Target {
  DER {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(
          whole().certificate().getEncoded(), Der.sequence(Der.oid("1.2.3.4"), Der.integer(7)));
    }

    @Override
    public void read(byte[] input) {
      try {
        walk(new DerReader(input), 0);
      } catch (DerException malformed) {
        // It says so.
      }
    }
  },
  BER {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(
          whole().certificate().getEncoded(),
          new byte[] {0x30, (byte) 0x80, 0x24, (byte) 0x80, 4, 1, 7, 0, 0, 0, 0});
    }

    @Override
    public void read(byte[] input) {
      try {
        BerReader.toDer(input);
      } catch (DerException malformed) {
        // It says so.
      }
    }
  },
  CERTIFICATE {
    @Override
    public List<byte[]> seeds() throws Exception {
      return List.of(whole().certificate().getEncoded(), Fixed.LEAF.certificate().getEncoded());
    }

    @Override
    public void read(byte[] input) {
      certificate(input)
          .ifPresent(
              read -> {
                show(read);
                verifier(List.of(Fixed.CA.certificate()), List.of())
                    .verify(List.of(read, Fixed.CA.certificate()), Purpose.CLIENT);
                verifier(List.of(read), List.of())
                    .verify(List.of(Fixed.LEAF.certificate(), read), Purpose.SERVER);
              });
    }
  },
  /** One extension of a leaf and of its authority; the first byte says which. */
  EXTENSION {
    @Override
    public List<byte[]> seeds() {
      byte[] name = Der.tagged(0x82, "a.example".getBytes(StandardCharsets.US_ASCII));
      byte[] uri = Der.tagged(0x86, "http://a/b".getBytes(StandardCharsets.US_ASCII));
      return List.of(
          chosen(0, Der.sequence(name, uri, Der.tagged(0x87, new byte[] {1, 2, 3, 4}))),
          chosen(1, Der.sequence(Der.sequence(Der.oid("1.3.6.1.5.5.7.48.1"), uri))),
          chosen(2, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
          chosen(3, Der.sequence(Der.tagged(0x80, new byte[] {1, 2, 3}))),
          chosen(
              4,
              Der.sequence(
                  Der.tagged(0xa0, Der.sequence(name)), Der.tagged(0xa1, Der.sequence(uri)))),
          chosen(5, Der.sequence(Der.sequence(Der.tagged(0xa0, Der.tagged(0xa0, uri))))),
          chosen(6, Der.sequence(Der.yes(), Der.integer(1))),
          chosen(7, Der.bits(0, 5, 6)));
    }

    @Override
    public void read(byte[] input) {
      if (input.length == 0) {
        return;
      }
      String oid = EXTENSIONS.get((input[0] & 0xff) % EXTENSIONS.size());
      byte[] value = Arrays.copyOfRange(input, 1, input.length);
      made(() -> CertificateMaker.authority("CN=an authority").extension(oid, false, value).make())
          .ifPresent(
              authority ->
                  made(() ->
                          CertificateMaker.leaf("CN=a leaf")
                              .hosts("a.example")
                              .extension(oid, false, value)
                              .issuer(authority)
                              .make())
                      .ifPresent(
                          leaf -> {
                            show(leaf.certificate());
                            List<X509CRL> crls = List.of(CrlMaker.by(authority).make());
                            for (List<X509CRL> lists : List.of(List.<X509CRL>of(), crls)) {
                              verifier(List.of(authority.certificate()), lists)
                                  .verify(List.of(leaf.certificate()), Purpose.SERVER);
                            }
                          }));
    }
  },
  CRL {
    @Override
    public List<byte[]> seeds() throws Exception {
      byte[] uri = Der.tagged(0x86, "http://a/b".getBytes(StandardCharsets.US_ASCII));
      return List.of(
          CrlMaker.by(Fixed.CA).revoke(Fixed.LEAF).make().getEncoded(),
          CrlMaker.by(Fixed.CA)
              .extension("2.5.29.28", true, Der.sequence(Der.tagged(0xa0, Der.tagged(0xa0, uri))))
              .make()
              .getEncoded());
    }

    @Override
    public void read(byte[] input) {
      try {
        X509CRL crl =
            (X509CRL)
                CertificateFactory.getInstance("X.509")
                    .generateCRL(new ByteArrayInputStream(input));
        verifier(List.of(Fixed.CA.certificate()), List.of(crl))
            .verify(List.of(Fixed.LEAF.certificate()), Purpose.SERVER);
      } catch (GeneralSecurityException notOne) {
        // Another reader's business.
      }
    }
  },
  OCSP_RESPONSE {
    @Override
    public List<byte[]> seeds() {
      return List.of(response());
    }

    @Override
    public void read(byte[] input) {
      StatusCheck check =
          new StatusCheck(JcaServices.jdk(), Fixed.LEAF.certificate(), Fixed.CA.certificate());
      try {
        check.believe(input, CertificateMaker.NOW);
      } catch (StatusCheck.Unbelievable refused) {
        // It says why.
      }
    }
  },
  DH_PARAMETERS {
    @Override
    public List<byte[]> seeds() {
      return List.of(Der.sequence(Der.integer(23), Der.integer(5)));
    }

    @Override
    public void read(byte[] input) {
      try {
        DhParameters parameters = DhParameters.parse(input);
        parameters.defect();
        parameters.group();
      } catch (DerException malformed) {
        // It says so.
      }
    }
  },
  SESSION {
    @Override
    public List<byte[]> seeds() {
      return List.of(
          new SessionEnvelope(
                  new SessionOrigin("jdk", Optional.of(new byte[] {1})),
                  new byte[32],
                  Optional.of(new byte[] {2, 3}),
                  new byte[] {4})
              .session()
              .export());
    }

    @Override
    public void read(byte[] input) {
      SessionEnvelope.of(Session.of(input)).isFor(new byte[32]);
    }
  },
  TICKET_KEYS {
    @Override
    public List<byte[]> seeds() {
      return List.of(
          TicketKeyRing.EMPTY
              .with(
                  new byte[TicketKey.LENGTH],
                  CertificateMaker.NOW,
                  new TicketKey.Lifetimes(Duration.ofHours(1), Duration.ofHours(2)))
              .encode());
    }

    @Override
    public void read(byte[] input) {
      TicketKeyRing.decode(input)
          .ifPresent(
              ring -> {
                ring.keysAt(CertificateMaker.NOW);
                ring.changesAfter(CertificateMaker.NOW);
                ring.encode();
              });
    }
  };

  private static final List<String> EXTENSIONS =
      List.of(
          "2.5.29.17",
          "1.3.6.1.5.5.7.1.1",
          "2.5.29.37",
          "2.5.29.35",
          "2.5.29.30",
          "2.5.29.31",
          "2.5.29.19",
          "2.5.29.15");

  private static final class Fixed {
    static final Made CA = CertificateMaker.authority("CN=an authority").keyIdentifiers().make();
    static final Made LEAF =
        CertificateMaker.leaf("CN=a leaf").hosts("a.example").issuer(CA).keyIdentifiers().make();
  }

  private static byte[] chosen(int extension, byte[] value) {
    byte[] seed = new byte[value.length + 1];
    seed[0] = (byte) extension;
    System.arraycopy(value, 0, seed, 1, value.length);
    return seed;
  }

  private static Made whole() {
    return CertificateMaker.of("CN=a+OU=b,O=\u00e9,C=UK", Keys.rsa(2048, "whole"))
        .hosts("a.example", "b, c")
        .basicConstraints(1)
        .keyUsage(5)
        .extendedKeyUsage("1.3.6.1.5.5.7.3.1")
        .hostConstraints(List.of("example"), List.of("b.example"))
        .keyIdentifiers()
        .make();
  }

  /** The shape of an OCSPResponse (RFC 6960 section 4.2.1), whose signature fits nothing. */
  private static byte[] response() {
    byte[] sha1 = Der.sequence(Der.oid("1.3.14.3.2.26"), Der.none());
    byte[] id =
        Der.sequence(
            sha1,
            Der.octets(new byte[20]),
            Der.octets(new byte[20]),
            Der.integer(Fixed.LEAF.certificate().getSerialNumber()));
    byte[] time = "20260615000000Z".getBytes(StandardCharsets.US_ASCII);
    byte[] next = "20260616000000Z".getBytes(StandardCharsets.US_ASCII);
    byte[] single =
        Der.sequence(
            id, Der.tagged(0x80), Der.tagged(0x18, time), Der.tagged(0xa0, Der.tagged(0x18, next)));
    byte[] data =
        Der.sequence(
            Der.tagged(0xa2, Der.octets(new byte[20])),
            Der.tagged(0x18, time),
            Der.sequence(single));
    byte[] basic =
        Der.sequence(
            data, Der.sequence(Der.oid("1.2.840.10045.4.3.2")), Der.bits(new byte[] {0x30, 0}));
    return Der.sequence(
        Der.tagged(0x0a, new byte[] {0}),
        Der.tagged(0xa0, Der.sequence(Der.oid("1.3.6.1.5.5.7.48.1.1"), Der.octets(basic))));
  }

  /** Every member as far as its tag says what it is. */
  private static void walk(DerReader reader, int depth) throws DerException {
    while (!reader.isEmpty() && depth < 50) {
      int tag = reader.peek();
      DerReader value = reader.next();
      switch (tag) {
        case DerReader.INTEGER -> new DerReader(Der.tagged(tag, value.rest())).integer();
        case DerReader.OID -> DerReader.oid(value.rest());
        default -> {
          if ((tag & 0x20) != 0) {
            walk(value, depth + 1);
          }
        }
      }
    }
  }

  private static Optional<X509Certificate> certificate(byte[] der) {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException notOne) {
      return Optional.empty();
    }
  }

  /** What the JDK does not take for a certificate is no input. */
  private static Optional<Made> made(Supplier<Made> maker) {
    try {
      return Optional.of(maker.get());
    } catch (AssertionError refused) {
      if (refused.getCause() instanceof GeneralSecurityException) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static CertificateVerifier verifier(List<X509Certificate> trusted, List<X509CRL> crls) {
    return new CertificateVerifier(
        trusted,
        crls,
        true,
        Strength.ofLevel(1),
        JcaServices.jdk(),
        InstantSource.fixed(CertificateMaker.NOW),
        System::nanoTime,
        ConnectionLimits.DEFAULT);
  }

  private static void show(X509Certificate certificate) {
    PeerCertificate shape =
        PeerCertificateReader.read(List.of(certificate, certificate), JcaServices.jdk());
    shape.subject();
    shape.issuer();
    shape.validFrom();
    shape.validTo();
    shape.fingerprint();
    shape.fingerprint256();
    shape.fingerprint512();
    shape.serialNumber();
    shape.subjectaltname();
    shape.infoAccess();
    shape.extKeyUsage();
    shape.ca();
    shape.pubkey();
    shape.bits();
    shape.modulus();
    shape.exponent();
    shape.asn1Curve();
    shape.nistCurve();
    shape.issuerCertificate();
    if (shape.toString().isEmpty()) {
      throw new AssertionError("a certificate shows nothing");
    }
    ServerIdentity.check("a.example", shape);
    ServerIdentity.check("127.0.0.1", shape);
    MissingIssuer.of(List.of(certificate));
  }
}
