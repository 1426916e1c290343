package io.tlsport.fuzz;

import io.tlsport.DistinguishedName;
import io.tlsport.Pem;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import io.tlsport.Tls;
import io.tlsport.core.fixtures.CertificateMaker;
import io.tlsport.core.policy.baseline.GroupSelection;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.signature.SignatureList;
import io.tlsport.core.policy.sni.ContextTable;
import io.tlsport.core.policy.sni.HostPattern;
import io.tlsport.core.policy.sni.IpAddress;
import io.tlsport.core.policy.sni.ServerName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Texts of options, and of peers. */
enum TextTarget implements Target {
  CIPHER_LIST(
      "ECDHE+AESGCM:!aNULL:@STRENGTH:@SECLEVEL=2", "HIGH:-RC4:+SHA1:TLS_AES_128_GCM_SHA256") {
    @Override
    void read(String text) {
      CipherList.parse(text);
      CipherList.securityLevel(text);
      CipherList.choosesTls13(text);
    }
  },
  SIGNATURE_LIST("RSA+SHA256:ecdsa_secp256r1_sha256:ed25519", "RSA-PSS+SHA512") {
    @Override
    void read(String text) {
      SignatureList.parse(text);
    }
  },
  GROUP_LIST("X25519:P-256:auto", "X25519MLKEM768:prime256v1") {
    @Override
    void read(String text) {
      GroupSelection.namesPostQuantum(text);
    }
  },
  VERSION("TLSv1.3", "TLSv1") {
    @Override
    void read(String text) {
      ProtocolVersion.byId(text);
    }
  },
  HOST("www.example.com", "*.example.com", "[::1]", "127.0.0.1", "xn--bcher-kva.example.") {
    @Override
    void read(String text) {
      ServerName.ofHost(text);
      ServerName.isAddress(text);
      ServerName.isHostName(text);
      IpAddress.parse(text)
          .filter(address -> !IpAddress.parse(address.toString()).equals(Optional.of(address)))
          .ifPresent(
              address -> {
                throw new AssertionError(text + " is not read as it is shown: " + address);
              });
    }
  },
  HOST_PATTERN("*.example.com|www.example.com", "a.b|a.b") {
    @Override
    void read(String text) {
      String[] parts = text.split("\\|", 2);
      String host = parts[parts.length - 1];
      ContextTable<String> table = new ContextTable<>();
      table.add(parts[0], parts[0]);
      boolean matches = HostPattern.parse(parts[0]).matches(host);
      if (matches != table.find(host).isPresent()) {
        throw new AssertionError(host + " is found otherwise than it matches " + parts[0]);
      }
      table.remove(parts[0]);
    }
  },
  DISTINGUISHED_NAME("C=UK\nO=a\nCN=b", "CN=a\\nb") {
    @Override
    void read(String text) {
      DistinguishedName.parse(text).attributes();
    }
  },
  OPTIONS("ECDHE+AESGCM|X25519:P-256|RSA+SHA256", "@SECLEVEL=2:ALL|auto|ed25519") {
    @Override
    void read(String text) {
      String[] parts = Arrays.copyOf(text.split("\\|", 3), 3);
      SecureContextOptions.Builder options =
          SecureContextOptions.builder().ca(Pem.of(Jdk.CA)).ciphers(String.valueOf(parts[0]));
      if (parts[1] != null) {
        options.ecdhCurve(parts[1]);
      }
      if (parts[2] != null) {
        options.sigalgs(parts[2]);
      }
      Jdk.TLS.createSecureContext(options.build());
    }
  };

  private static final class Jdk {
    static final Tls TLS = Tls.builder().provider("jdk").build();
    static final String CA = CertificateMaker.authority("CN=an authority").make().pem();
  }

  @SuppressWarnings("ImmutableEnumChecker") // a copy
  private final List<String> seeds;

  TextTarget(String... seeds) {
    this.seeds = List.of(seeds);
  }

  abstract void read(String text);

  @Override
  public List<byte[]> seeds() {
    return seeds.stream().map(seed -> seed.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Override
  public void read(byte[] input) {
    read(new String(input, StandardCharsets.UTF_8));
  }
}
