package io.tlsport.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The program {@code tls}. */
@Command(
    name = "tls",
    description = {
      "Node's tls for Java, over TLS engines that are chosen at run time.",
      "Start with: tls demo"
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    footer = {
      "",
      "tls COMMAND --help tells the options. Exit status: 0 done, 1 the TLS work failed, 2 wrong",
      "usage, 3 the provider cannot do it, 4 the provider is not available here."
    })
public final class Main {
  private static final int HELP_COLUMNS = 100;
  private static final int OPTION_COLUMNS = 32;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "show the version")
  boolean version;

  private Main() {}

  /** Runs a command and ends the JVM with its status. */
  public static void main(String[] args) {
    Logs.warningsOnly();
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs a command; its exit status. */
  static int run(Terminal terminal, String... args) {
    Failures failures = new Failures(terminal);
    try {
      return commandLine(terminal)
          .setParameterExceptionHandler(failures::wrongUsage)
          .setExecutionExceptionHandler(failures::failed)
          .execute(args);
    } finally {
      terminal.err().flush();
    }
  }

  /** Every command. */
  static CommandLine commandLine(Terminal terminal) {
    CommandLine line =
        new CommandLine(new Main())
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new ProvidersCommand(terminal))
            .addSubcommand(new ServeCommand(terminal))
            .addSubcommand(new ConnectCommand(terminal))
            .addSubcommand(new CiphersCommand(terminal))
            .addSubcommand(new CertCommand(terminal))
            .addSubcommand(new FleetCommand(terminal))
            .addSubcommand(new SoakCommand(terminal))
            .addSubcommand(new DoctorCommand(terminal))
            .addSubcommand(new TckCommand(terminal))
            .addSubcommand(new MatrixCommand(terminal))
            .addSubcommand(new BenchCommand(terminal))
            .addSubcommand(new CompletionCommand(terminal));
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setUsageHelpWidth(HELP_COLUMNS);
    line.setUsageHelpLongOptionsMaxWidth(OPTION_COLUMNS);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }
}
