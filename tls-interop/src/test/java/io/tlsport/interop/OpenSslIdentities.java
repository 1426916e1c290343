package io.tlsport.interop;

import io.tlsport.Pem;
import io.tlsport.testpki.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Keys and certificates for localhost, made and written by openssl alone. */
final class OpenSslIdentities {
  static final String PASSPHRASE = "gr\u00fc\u00dfe, world";

  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("RSA", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
          Map.entry("RSA-1024", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024"),
          Map.entry("RSA-PSS", "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048"),
          Map.entry("P-256", curve("P-256")),
          Map.entry("P-384", curve("P-384")),
          Map.entry("P-521", curve("P-521")),
          Map.entry("secp256k1", curve("secp256k1")),
          Map.entry("brainpoolP256r1", curve("brainpoolP256r1")),
          Map.entry("explicit", curve("P-256") + " -pkeyopt ec_param_enc:explicit"),
          Map.entry("Ed25519", "genpkey -algorithm ED25519"),
          Map.entry("Ed448", "genpkey -algorithm ED448"),
          Map.entry("DSA", "genpkey -paramfile dsa.params"));

  private final Path directory;
  private final Set<String> written = new HashSet<>();

  private OpenSslIdentities(Path directory) {
    this.directory = directory;
  }

  private static String curve(String name) {
    return "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:" + name;
  }

  /** With an authority, and another one for clients; with nothing where openssl is not there. */
  static OpenSslIdentities in(Path directory) throws IOException {
    OpenSslIdentities made = new OpenSslIdentities(directory);
    if (!OpenSsl.present()) {
      return made;
    }
    // From a file, because the locale decides what arguments look like.
    Files.writeString(directory.resolve("passphrase"), PASSPHRASE + "\n");
    Files.writeString(directory.resolve("names"), "subjectAltName=DNS:localhost\n");
    for (String authority : List.of("ca", "clients")) {
      made.run(
          "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN="
              + authority
              + String.format(Locale.ROOT, " -keyout %s.key -out %s.crt", authority, authority));
    }
    Files.writeString(
        directory.resolve("both.crt"),
        Files.readString(directory.resolve("ca.crt"))
            + Files.readString(directory.resolve("clients.crt")));
    return made;
  }

  String run(String command) {
    return OpenSsl.run(directory, command.trim().split(" +", -1));
  }

  /** A file in its folder. */
  Pem file(String name) {
    return Pem.read(directory.resolve(name));
  }

  /** The authority's certificate. */
  Pem ca() {
    return file("ca.crt");
  }

  /** Makes a key of that kind and its certificate; once. */
  String of(String kind) {
    once(kind + ".key", file -> make(kind));
    return kind;
  }

  private void once(String file, Consumer<String> maker) {
    if (written.add(file)) {
      maker.accept(file);
    }
  }

  private void make(String kind) {
    if (kind.equals("DSA")) {
      run("dsaparam -out dsa.params 2048");
    }
    run(KEYS.get(kind) + " -out " + kind + ".key");
    run(
        String.format(
            Locale.ROOT, "req -new -key %s.key -subj /CN=localhost -out %s.csr", kind, kind));
    run(
        String.format(
            Locale.ROOT,
            "x509 -req -in %s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 1 -extfile names"
                + " -out %s.crt",
            kind,
            kind));
  }

  /** The certificate of that kind. */
  Pem certificate(String kind) {
    return file(of(kind) + ".crt");
  }

  /** The key of that kind, written by that command of openssl. */
  Pem key(String kind, String command) {
    String name = "key-" + Integer.toHexString((kind + command).hashCode());
    once(
        name,
        file -> {
          run(command + " -in " + of(kind) + ".key -out " + file + " -passout file:passphrase");
        });
    return file(name);
  }

  /** A PKCS#12 file of that kind with both authorities, by those options of openssl pkcs12. */
  Pem pfx(String kind, String options) {
    String name = "pfx-" + Integer.toHexString((kind + options).hashCode());
    once(
        name,
        file -> {
          run(
              String.format(
                  Locale.ROOT,
                  "pkcs12 -export -in %s.crt -inkey %s.key -certfile both.crt -out %s"
                      + " -passout file:passphrase %s",
                  of(kind),
                  kind,
                  file,
                  options));
        });
    return file(name);
  }
}
