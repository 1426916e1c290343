package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.CredentialFiles;
import io.tlsport.ErrorCode;
import io.tlsport.PostQuantum;
import io.tlsport.ProtocolVersion;
import io.tlsport.SecureContextOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Identity, trust and algorithms: what both sides of a connection have. */
final class ContextArguments {
  @Option(names = "--key", paramLabel = "FILE", description = "private key, PEM")
  List<Path> key = new ArrayList<>();

  @Option(names = "--cert", paramLabel = "FILE", description = "its certificate and issuers, PEM")
  List<Path> cert = new ArrayList<>();

  @Option(names = "--pfx", paramLabel = "FILE", description = "PKCS#12 in place of both")
  @Nullable Path pfx;

  @Option(names = "--passphrase", paramLabel = "TEXT", description = "of the key or the PFX")
  @Nullable String passphrase;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "file with it as first line")
  @Nullable Path passphraseFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "trusted, PEM (repeatable); default well-known roots")
  List<Path> ca = new ArrayList<>();

  @Option(names = "--add-default-roots", description = "trust the well-known roots besides --ca")
  boolean addDefaultRoots;

  @Option(names = "--system-roots", description = "trust the operating system's roots as well")
  boolean systemRoots;

  @Option(names = "--crl", paramLabel = "FILE", description = "revocation lists, PEM (repeatable)")
  List<Path> crl = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description = "defaults: default, default_tls13, default_fips, node-0.12, fips, 20261130 ...")
  String policy = "default";

  @Option(names = "--ciphers", paramLabel = "LIST", description = "OpenSSL cipher list")
  @Nullable String ciphers;

  @Option(
      names = "--ecdh-curve",
      paramLabel = "GROUPS",
      description = "groups, colons between; auto; false for no ECDH")
  @Nullable String ecdhCurve;

  @Option(
      names = "--post-quantum",
      paramLabel = "WISH",
      description = "groups with ML-KEM: relaxed (default), prefer or require")
  PostQuantum postQuantum = PostQuantum.RELAXED;

  @Option(
      names = "--dhparam",
      paramLabel = "FILE|auto",
      description = "Diffie-Hellman parameters, PEM, or auto")
  @Nullable String dhparam;

  @Option(
      names = "--sigalgs",
      paramLabel = "LIST",
      description = "signature algorithms, colons between")
  @Nullable String sigalgs;

  @Option(
      names = "--secure-protocol",
      paramLabel = "METHOD",
      description = "for example TLSv1_2_method")
  @Nullable String secureProtocol;

  @Option(names = "--min-version", paramLabel = "VERSION", description = "for example TLSv1.2")
  @Nullable String minVersion;

  @Option(names = "--max-version", paramLabel = "VERSION", description = "for example TLSv1.3")
  @Nullable String maxVersion;

  /** True if an identity was given. */
  boolean hasIdentity() {
    return !key.isEmpty() || !cert.isEmpty() || pfx != null;
  }

  /**
   * The files that were given, to be followed.
   *
   * @param more what comes from no file and from elsewhere
   */
  CredentialFiles files(Consumer<SecureContextOptions.Builder> more) {
    if (passphrase != null) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "--reload needs the passphrase in a file that may change: give --passphrase-file");
    }
    CredentialFiles.Builder files = CredentialFiles.builder();
    key.forEach(files::key);
    cert.forEach(files::cert);
    if (pfx != null) {
      files.pfx(pfx).options(c -> c.pfxWithCa(true));
    }
    ca.forEach(files::ca);
    crl.forEach(files::crl);
    if (passphraseFile != null) {
      files.passphrase(passphraseFile);
    }
    return files
        .options(c -> c.addDefaultRoots(addDefaultRoots).systemRoots(systemRoots))
        .options(this::applyAlgorithms)
        .options(more)
        .build();
  }

  /** Sets what was given. */
  void apply(SecureContextOptions.Builder context) {
    key.forEach(file -> context.key(InputFile.read("--key", file)));
    cert.forEach(file -> context.cert(InputFile.read("--cert", file)));
    ca.forEach(file -> context.ca(InputFile.read("--ca", file)));
    context.addDefaultRoots(addDefaultRoots).systemRoots(systemRoots);
    crl.forEach(file -> context.crl(InputFile.read("--crl", file)));
    if (pfx != null) {
      context.pfx(InputFile.read("--pfx", pfx));
      // The command line is for operators: authorities beside a PFX are meant.
      context.pfxWithCa(true);
    }
    applyPassphrase(context);
    applyAlgorithms(context);
  }

  private void applyPassphrase(SecureContextOptions.Builder context) {
    if (passphrase != null && passphraseFile != null) {
      throw new ConfigurationException(
          ErrorCode.ERR_INVALID_ARG_VALUE,
          "--passphrase and --passphrase-file exclude each other: give one of them");
    }
    if (passphrase != null) {
      context.passphrase(passphrase);
    } else if (passphraseFile != null) {
      context.passphrase(InputFile.passphrase("--passphrase-file", passphraseFile));
    }
  }

  /** Sets ciphers, groups and versions. */
  void applyAlgorithms(SecureContextOptions.Builder context) {
    if (ciphers != null) {
      context.ciphers(ciphers);
    }
    if ("false".equals(ecdhCurve)) {
      context.disableEcdh();
    } else if (ecdhCurve != null) {
      context.ecdhCurve(ecdhCurve);
    }
    context.postQuantum(postQuantum);
    if ("auto".equals(dhparam)) {
      context.dhparamAuto();
    } else if (dhparam != null) {
      context.dhparam(InputFile.read("--dhparam", Path.of(dhparam)));
    }
    if (sigalgs != null) {
      context.sigalgs(sigalgs);
    }
    if (secureProtocol != null) {
      context.secureProtocol(secureProtocol);
    }
    if (minVersion != null) {
      context.minVersion(version("--min-version", minVersion));
    }
    if (maxVersion != null) {
      context.maxVersion(version("--max-version", maxVersion));
    }
  }

  private static ProtocolVersion version(String option, String name) {
    return ProtocolVersion.byId(name)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    ErrorCode.ERR_TLS_INVALID_PROTOCOL_VERSION,
                    option
                        + ": \""
                        + name
                        + "\" is no version of TLS; use one of "
                        + Arrays.toString(ProtocolVersion.values())));
  }
}
