package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cert}: a key and a certificate for trying things out. */
@Command(
    name = "cert",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "makes key.pem and cert.pem for trying things out: self-signed, or signed by the",
      "authority of --ca-dir (ca.pem and ca-key.pem), which is made if it is not there"
    })
final class CertCommand implements Callable<Integer> {
  private static final int MOST_DAYS = 36_500;

  @Option(names = "--out-dir", paramLabel = "DIR", description = "where to; default here")
  Path outDir = Path.of("");

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "host name or address (repeatable); default localhost, 127.0.0.1, ::1")
  List<String> hosts = new ArrayList<>();

  @Option(names = "--key-type", paramLabel = "TYPE", description = "rsa (default), ec or ed25519")
  KeyType keyType = KeyType.RSA;

  @Option(names = "--client", description = "for a client; --host then gives its name")
  boolean client;

  @Option(names = "--days", paramLabel = "N", description = "valid for so long; default 365")
  int days = 365;

  @Option(names = "--ca-dir", paramLabel = "DIR", description = "sign with the authority there")
  @Nullable Path caDir;

  @Option(names = "--force", description = "replace files that are there")
  boolean force;

  @Option(names = "--fips", description = "the FIPS module makes them")
  boolean fips;

  @Mixin OutputArguments output = new OutputArguments();

  private final Terminal terminal;

  /** The command on that terminal. */
  CertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws GeneralSecurityException {
    Ranges.require("--days", days, 1, MOST_DAYS);
    Duration validity = Duration.ofDays(days);
    CertificateMaker maker = new CertificateMaker(InstantSource.system());
    requireFips(maker);
    CredentialFolder folder = new CredentialFolder(outDir);
    if (!force) {
      folder.requireFree();
    }
    CertificateMaker.Wish wish =
        new CertificateMaker.Wish(keyType, hosts.isEmpty() ? names() : hosts, client, validity);
    Members files;
    if (caDir == null) {
      files = folder.write(maker.selfSigned(wish));
    } else {
      Credential authority =
          new AuthorityFolder(caDir).loadOrMake(() -> maker.authority(keyType, validity));
      files = folder.write(maker.signedBy(authority, wish), authority);
    }
    output.events(terminal, true).emit("cert", files);
    return ExitStatus.DONE;
  }

  private void requireFips(CertificateMaker maker) {
    if (fips && !maker.isFips()) {
      throw new ConfigurationException(
          ErrorCode.ERR_PROVIDER_UNAVAILABLE,
          "--fips: the FIPS module is not on the class path; start the program by ./tls");
    }
  }

  private List<String> names() {
    return client ? List.of("client") : ServeCommand.LOCALHOST;
  }
}
