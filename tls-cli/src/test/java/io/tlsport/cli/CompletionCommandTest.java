package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tlsport.testpki.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every shell gets a script that has every command and every option in it. */
@Timeout(60)
class CompletionCommandTest {
  private static String script(String... shell) {
    String[] arguments = new String[shell.length + 1];
    arguments[0] = "completion";
    System.arraycopy(shell, 0, arguments, 1, shell.length);
    CommandRun run = CommandRun.start(arguments);
    assertEquals(ExitStatus.DONE, run.status(), run::errors);
    return run.output();
  }

  @Test
  void fishHasEveryCommandAndOption() {
    String script = script("fish");
    CommandLine program = Main.commandLine(Terminal.ofProcess());
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertTrue(script.contains(" -a " + name + " -d '"), name);
              for (OptionSpec option : command.getCommandSpec().options()) {
                String line = "'__fish_seen_subcommand_from " + name + "'.* -l ";
                String longest = option.longestName().replaceFirst("^-+", "");
                assertTrue(
                    option.hidden()
                        || script
                            .lines()
                            .anyMatch(one -> one.matches(".*" + line + longest + "( .*)?")),
                    () -> name + " " + longest);
              }
            });
    // Quotes are in pairs: a text with one in it does not end the line's own.
    script
        .lines()
        .filter(line -> line.startsWith("complete"))
        .forEach(
            line ->
                assertEquals(
                    0, line.replace("\\'", "").chars().filter(c -> c == '\'').count() % 2, line));
  }

  @Test
  void bashTakesItsScriptAndCompletes(@TempDir Path folder) throws IOException {
    String script = script();
    assertEquals(script, script("bash"));
    assertEquals(script, script("zsh"));
    assertTrue(script.contains("bashcompinit"), "what zsh needs");
    Path file = Files.writeString(folder.resolve("tls.bash"), script);
    Program.Result result =
        Program.run(
            folder,
            List.of(
                "bash",
                "-c",
                "shopt -s expand_aliases; . "
                    + file
                    + "; COMP_WORDS=(tls ser); COMP_CWORD=1; _complete_tls; echo ${COMPREPLY[@]}"),
            "");
    assertEquals("serve", result.out().strip());
  }

  @Test
  void anUnknownShellIsWrongUsage() {
    assertEquals(ExitStatus.USAGE, CommandRun.start("completion", "csh").status());
  }
}
