package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.testpki.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What openssl writes, in approved mode: it loads, or the refusal names the rule. */
class FipsFormsTest {
  private static final String LONG_ENOUGH = "sixteen letters!";

  @TempDir private Path directory;

  /**
   * A form.
   *
   * @param command of openssl that writes it from the key
   * @param words of the message; empty: it loads
   */
  private record Form(String kind, String command, String words) {
    String file() {
      return Integer.toHexString(command.hashCode() + kind.hashCode())
          + (command.startsWith("pkcs12") ? ".pfx" : ".key");
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form("rsa", "pkey", ""),
          new Form("rsa", "rsa -traditional", ""),
          new Form("ec", "ec", ""),
          new Form("ec", "pkey -outform DER", ""),
          new Form("pss", "pkey", ""),
          new Form("small", "pkey", "RSA with 1024 bits is not approved (FIPS 186-5)"),
          new Form("ed", "pkey", "the FIPS module does not approve Ed25519"),
          new Form("rsa", "rsa -traditional -aes128 -passout file:secret", "SP 800-132"),
          new Form("rsa", "pkcs8 -topk8 -scrypt -passout file:secret", "SP 800-132"),
          new Form("rsa", "pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout file:secret", "SP 800-132"),
          new Form("rsa", "pkcs12 -export -passout file:secret -in rsa.crt", "SP 800-132"),
          new Form(
              "rsa",
              "pkcs12 -export -passout file:secret -in rsa.crt -keypbe NONE -certpbe NONE -nomac",
              ""));

  private void openssl(String command) {
    OpenSsl.run(directory, command.split(" ", -1));
  }

  private void make(String kind, String algorithm) {
    openssl("genpkey " + algorithm + " -out " + kind + ".key");
    openssl("req -x509 -days 2 -subj /CN=localhost -key " + kind + ".key -out " + kind + ".crt");
  }

  @Test
  void everyFormLoadsOrTheRuleIsNamed() throws Exception {
    if (!OpenSsl.present()) {
      assertEquals("there is no openssl program on this machine", OpenSsl.description());
      return;
    }
    Files.writeString(directory.resolve("secret"), LONG_ENOUGH + "\n");
    make("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    make("small", "-algorithm RSA -pkeyopt rsa_keygen_bits:1024");
    make("pss", "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048");
    make("ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    make("ed", "-algorithm ED25519");
    List<Form> forms = new ArrayList<>(FORMS);
    forms.add(locked());
    List<String> arguments = new ArrayList<>();
    for (Form form : forms) {
      String in = form.command().startsWith("pkcs12") ? " -inkey " : " -in ";
      openssl(form.command() + in + form.kind() + ".key -out " + form.file());
      arguments.add(directory.resolve(form.file()).toString());
      arguments.add(directory.resolve(form.kind() + ".crt").toString());
      arguments.add(LONG_ENOUGH);
    }
    try (ChildProgram child =
        ChildProgram.startFips(FipsLoader.class, arguments.toArray(new String[0]))) {
      List<String> lines = child.output().lines().toList();
      assertEquals(forms.size(), lines.size(), () -> lines + errors(child));
      for (int i = 0; i < lines.size(); i++) {
        Form form = forms.get(i);
        String line = lines.get(i);
        if (form.words().isEmpty()) {
          assertEquals("loaded", line, form::toString);
        } else {
          assertTrue(line.contains(form.words()) && line.contains("bcjsse"), form + ": " + line);
        }
      }
    }
  }

  /** OpenSSL 3.0 writes salts of 8 bytes, later ones of 16, which is what the module asks for. */
  private Form locked() {
    String command = "pkcs8 -topk8 -passout file:secret";
    openssl(command + " -in rsa.key -out probe.key");
    boolean short8 =
        OpenSsl.run(directory, "asn1parse", "-in", "probe.key").contains("l=   8 prim: OCTET");
    return new Form("rsa", command, short8 ? "salt must be at least 128 bits" : "");
  }

  private static String errors(ChildProgram child) {
    try {
      return child.errors();
    } catch (java.io.IOException unreadable) {
      return unreadable.toString();
    }
  }
}
