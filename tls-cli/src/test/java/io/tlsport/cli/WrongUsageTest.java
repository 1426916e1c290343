package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each is one line that says what is wrong, and exit status 2. */
class WrongUsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frobnicate                          | Unmatched argument
          serve --frobnicate                  | Unknown option
          serve --provider nope               | "nope" is not on the class path
          connect                             | HOST:PORT
          connect localhost                   | give HOST:PORT
          connect --path                      | --path
          connect localhost:0                 | 1 to 65535
          connect localhost:65536             | 1 to 65535
          connect localhost:http              | 1 to 65535
          connect ::1:8000                    | in brackets
          serve --port 65536                  | 0 to 65535
          serve --port -1                     | 0 to 65535
          serve --mode shout                  | echo, welcome, sink, source:BYTES or http
          serve --mode source:-1              | echo, welcome, sink, source:BYTES or http
          serve --stop-after 0                | --stop-after must be
          serve --policy strict               | default_tls13, default_fips, node-0.12, fips
          serve --min-version SSLv3           | --min-version
          serve --min-version TLSv1.3 --max-version TLSv1.2 | TLSv1.3
          serve --secure-protocol SSLv3_method | use TLS_method
          serve --ciphers FROBNICATE          | FROBNICATE
          serve --ecdh-curve frobnicate       | frobnicate
          serve --handshake-timeout 0         | longer than zero
          serve --handshake-timeout 9223372036854775807 | 292 years
          serve --session-timeout 0           | 1 to 2147483647
          serve --session-timeout 2147483648  | 1 to 2147483647
          serve --request-cert=maybe          | not a boolean
          serve --reject-unauthorized=maybe   | not a boolean
          connect localhost:1 --servername a..b | no host name
          connect localhost:1 --servername *.example | no host name
          connect localhost:1 --reconnect -1  | --reconnect must be
          serve --max-send-fragment 511       | 512 to 16384
          serve --max-send-fragment 16385     | 512 to 16384
          serve --max-connections -1          | 0 or more
          serve --client-reneg-limit -1       | 0 or more
          serve --ticket-keys 00ff            | 96 hexadecimal digits
          serve --session-store floppy        | memory, dir:PATH or redis://
          serve --session-store redis://:x@   | redis://[[USER:]PASSWORD@]HOST
          serve --ticket-key-source floppy    | memory, dir:PATH or redis://
          serve --keys-issue-for 5            | --ticket-key-source
          serve --ticket-key-source memory --keys-issue-for 0 | 1 s to 7 days
          serve --ticket-key-source memory --keys-decrypt-for 604801 | 1 s to 7 days
          serve --alpn-protocols ,            | 1 to 255 bytes
          serve --key nothing.pem             | no such file
          serve --cert nothing.pem            | no such file
          serve --pfx nothing.pfx             | no such file
          serve --ca nothing.pem              | no such file
          serve --crl nothing.pem             | no such file
          serve --passphrase a --passphrase-file b | exclude each other
          serve --add-context example.com=nowhere | no such file
          serve --ocsp-response nothing.der   | no such file
          connect localhost:1 --session nothing | no such file
          connect localhost:1 --timeout 0     | 1 or more
          connect localhost:1 --export 32     | LENGTH:LABEL
          cert --key-type dsa                 | RSA, EC, ED25519
          cert --days 0                       | 1 to 36500
          connect localhost:1 --min-dh-size -1 | minDHSize
          serve --unknown-server-name never   | ACCEPT, REFUSE
          serve --post-quantum never          | RELAXED, PREFER, REQUIRE
          serve --post-quantum require --max-version TLSv1.2 | needs TLS 1.3
          serve --sigalgs RSA+MD4             | RSA+MD4
          serve --dhparam nothing.pem         | no such file
          ciphers FROBNICATE                  | FROBNICATE
          ciphers HIGH:@FROBNICATE            | @STRENGTH
          ciphers --provider jdk TLS_AES_128_CCM_SHA256 | has none of what
          ciphers --provider nope             | "nope" is not on the class path
          matrix --from nothing.json          | no such file
          matrix --compare nothing.json       | no such file
          matrix --with jdk=21                | PROVIDER=VERSION
          matrix --provider nosuch            | "nosuch" is not known
          doctor --provider nosuch            | "nosuch" is not known
          tck                                 | --provider-jar FILE
          tck --provider-jar nothing.jar      | there is no file
          tck --provider nosuch               | "nosuch" is not known
          tck --provider jdk --contract Nosuch | no contract Nosuch
          tck --provider jdk --rule 99.1      | no test has the rule
          bench --rounds 0                    | --rounds
          bench --peers nobody                | --peers takes sslhandler, tcnative
          """)
  void isToldInOneLine(String arguments, String told) {
    CommandRun run = CommandRun.start(arguments.split(" ", -1));
    assertEquals(2, run.status(), run::toString);
    List<String> lines = withoutProviderChoice(run);
    assertEquals(1, lines.size(), run::toString);
    assertTrue(lines.get(0).startsWith("tls: "), run::toString);
    assertTrue(lines.get(0).contains(told), run::toString);
    assertEquals("", run.output());
  }

  private static List<String> withoutProviderChoice(CommandRun run) {
    return run.errors().lines().filter(line -> !line.startsWith("tls: provider auto")).toList();
  }

  @Test
  void keyOfAnotherCertificate() {
    made("one");
    made("two");
    refused(
        "ERR_OSSL_X509_KEY_VALUES_MISMATCH",
        "--key",
        file("one", "key.pem"),
        "--cert",
        file("two", "cert.pem"));
  }

  @Test
  void keyWithoutCertificate() {
    made("one");
    refused("ERR_INVALID_ARG_VALUE", "--key", file("one", "key.pem"));
  }

  @Test
  void wrongPassphrase() throws Exception {
    refused(
        "ERR_OSSL_BAD_DECRYPT",
        "--pfx",
        Pfx.make(folder, "right").toString(),
        "--passphrase",
        "wrong");
  }

  @Test
  void fileThatIsNoPem() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "no certificate at all\n");
    refused("ERR_OSSL_PEM_NO_START_LINE", "--key", text.toString(), "--cert", text.toString());
  }

  @Test
  void emptyFile() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    refused("ERR_INVALID_ARG_VALUE", "--key", empty.toString(), "--cert", empty.toString());
  }

  private void made(String name) {
    assertEquals(
        0,
        CommandRun.start("cert", "--key-type", "ec", "--out-dir", folder.resolve(name).toString())
            .status());
  }

  private String file(String name, String file) {
    return folder.resolve(name).resolve(file).toString();
  }

  private static void refused(String code, String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--json", "--provider", "jdk"));
    arguments.addAll(List.of(options));
    CommandRun run = CommandRun.start(arguments.toArray(String[]::new));
    assertEquals(2, run.status(), run::toString);
    JsonNode error = run.event("error");
    assertEquals(code, error.get("code").textValue(), run::toString);
    assertEquals(1, run.errors().lines().count(), run::toString);
  }
}
