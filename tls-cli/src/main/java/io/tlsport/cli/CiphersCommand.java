package io.tlsport.cli;

import io.tlsport.Capability;
import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.Tls;
import io.tlsport.core.policy.cipher.CipherList;
import io.tlsport.core.policy.cipher.CipherSuite;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ciphers}: what a cipher list selects on a provider, as {@code openssl ciphers} tells it.
 */
@Command(
    name = "ciphers",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "the cipher suites that a list selects on a provider, most wanted first")
final class CiphersCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "LIST",
      description = "OpenSSL cipher list; default the policy's")
  @Nullable String list;

  @Option(
      names = {"-v", "--verbose"},
      description = "a line each, with IANA's name and what the suite is made of")
  boolean verbose;

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description =
          "whose list it is without LIST: default, default_tls13, default_fips, node-0.12, fips, 20261130 ...")
  String policy = "default";

  @Mixin OutputArguments output = new OutputArguments();

  @Mixin ProviderArguments provider = new ProviderArguments();

  private final Terminal terminal;

  /** The command on that terminal. */
  CiphersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<CipherSuite> suites;
    try (ProviderArguments.Started<List<CipherSuite>> started =
        provider.start(terminal, policy, this::select)) {
      suites = started.made();
    }
    if (output.json) {
      Events events = output.events(terminal, true);
      suites.forEach(suite -> events.emit("cipher", members(suite)));
    } else if (verbose) {
      suites.forEach(suite -> terminal.print(line(suite)));
    } else {
      terminal.print(
          suites.stream().map(CipherSuite::name).collect(Collectors.joining(":", "", "\n")));
    }
    return ExitStatus.DONE;
  }

  private List<CipherSuite> select(Tls tls) {
    String wanted = list == null ? tls.defaultCiphers() : list;
    if (CipherList.choosesTls13(wanted)) {
      ProviderArguments.demand(terminal, tls, List.of(Capability.TLS_1_3_CIPHERS));
    }
    List<String> present = tls.getCiphers();
    List<CipherSuite> suites =
        CipherList.parse(wanted).stream().filter(suite -> present.contains(suite.name())).toList();
    if (suites.isEmpty()) {
      throw new ConfigurationException(
          ErrorCode.ERR_SSL_NO_CIPHER_MATCH,
          tls.provider().name()
              + " has none of what \""
              + wanted
              + "\" selects; see tls ciphers ALL:@SECLEVEL=0");
    }
    return suites;
  }

  /** The columns of {@code openssl ciphers -v -stdname}. */
  private static String line(CipherSuite suite) {
    return String.format(
                Locale.ROOT,
                "%-45s - %-30s %-7s Kx=%-8s Au=%-5s Enc=%-22s Mac=%-4s",
                suite.standardName(),
                suite.name(),
                suite.since(),
                suite.keyExchange(),
                suite.authentication(),
                suite.bits() == 0
                    ? suite.encryption()
                    : suite.encryption() + "(" + suite.bits() + ")",
                suite.mac())
            .stripTrailing()
        + "\n";
  }

  private static Members members(CipherSuite suite) {
    return Members.of("name", suite.name())
        .with("standardName", suite.standardName())
        .with("version", suite.since())
        .with("keyExchange", suite.keyExchange())
        .with("authentication", suite.authentication())
        .with("encryption", suite.encryption())
        .with("bits", suite.bits())
        .with("mac", suite.mac())
        .with("code", String.format(Locale.ROOT, "0x%04x", suite.code()));
  }
}
