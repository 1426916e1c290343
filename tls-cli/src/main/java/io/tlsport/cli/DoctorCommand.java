package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.cli.doctor.Doctor;
import io.tlsport.cli.doctor.Finding;
import io.tlsport.cli.doctor.Finding.Gravity;
import io.tlsport.cli.doctor.Machine;
import io.tlsport.core.wiring.ProviderCatalog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: what is wrong here, and its mend. */
@Command(
    name = "doctor",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "what would stop a provider here, each with its mend",
    footer = {"", "Exit status: 0 nothing stops a provider, 1 something does."})
final class DoctorCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Mixin OutputArguments output = new OutputArguments();

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "only what concerns that one (default: all)")
  String provider = ALL;

  @Option(names = "--fips", description = "as on the FIPS class path, in approved mode")
  boolean fips;

  private final Terminal terminal;

  /** The command on that terminal. */
  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> names = ProviderCatalog.ofServices().names();
    if (!provider.equals(ALL) && !names.contains(provider)) {
      throw new ConfigurationException(
          ErrorCode.ERR_PROVIDER_UNKNOWN,
          "the provider \"" + provider + "\" is not known; known are " + names);
    }
    List<Finding> findings = new ArrayList<>();
    findings.addAll(Doctor.examine(Machine.here(names, InstantSource.system(), fips)));
    ProviderStatus.all(false, fips).forEach(status -> findings.add(start(status)));
    List<Finding> told =
        findings.stream()
            .filter(finding -> provider.equals(ALL) || finding.concerns(provider))
            .toList();
    Events events = output.events(terminal, true);
    for (Finding finding : told) {
      if (output.json) {
        events.emit("finding", members(finding));
      } else {
        terminal.print(line(finding));
      }
    }
    return told.stream().anyMatch(finding -> finding.gravity() == Gravity.PROBLEM)
        ? ExitStatus.FAILED
        : ExitStatus.DONE;
  }

  /** The last word is the provider's own: whether it starts. */
  private Finding start(ProviderStatus status) {
    String name = status.info().name();
    List<String> about = List.of(name);
    if (status.unavailable().isEmpty()) {
      return new Finding(
          "start", Gravity.OK, about, name + " " + status.info().version() + " starts", "");
    }
    boolean notFips = fips && !name.startsWith("bc");
    return new Finding(
        "start",
        notFips ? Gravity.WARNING : Gravity.PROBLEM,
        about,
        name + " does not start: " + status.unavailable().get(),
        notFips ? "use bcjsse or bctls with --fips" : "mend what is said above, or use another");
  }

  private static Members members(Finding finding) {
    return Members.of("check", finding.check())
        .with("gravity", word(finding))
        .with("providers", finding.providers())
        .with("found", finding.found())
        .with("mend", finding.mend().isEmpty() ? null : finding.mend());
  }

  private static String word(Finding finding) {
    return finding.gravity().name().toLowerCase(Locale.ROOT);
  }

  private static String line(Finding finding) {
    String about =
        finding.providers().isEmpty() ? "" : " (" + String.join(", ", finding.providers()) + ")";
    String mend = finding.mend().isEmpty() ? "" : "         mend: " + finding.mend() + "\n";
    return String.format(
            Locale.ROOT, "%-8s %s%s: %s%n", word(finding), finding.check(), about, finding.found())
        + mend;
  }
}
