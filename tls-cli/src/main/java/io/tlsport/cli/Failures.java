package io.tlsport.cli;

import io.tlsport.TlsException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What went wrong, told in one line and, with {@code --json}, one event; never a stack trace.
 *
 * @param terminal where it is told
 */
record Failures(Terminal terminal) {
  private static final String WRONG_USAGE = "ERR_INVALID_ARG_VALUE";

  /** Arguments that make no sense; the exit status. */
  int wrongUsage(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String sentence = String.valueOf(wrong.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      sentence += suggestion(unmatched);
    }
    tell(
        Arrays.asList(args).contains("--json"),
        WRONG_USAGE,
        sentence + "; see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitStatus.USAGE;
  }

  private static String suggestion(UnmatchedArgumentException unmatched) {
    var close = unmatched.getSuggestions();
    return close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?";
  }

  /** A command that failed; the exit status. */
  int failed(Exception failure, CommandLine command, ParseResult parsed) {
    boolean json = command.getParseResult().hasMatchedOption("--json");
    if (failure instanceof TlsException known) {
      tell(json, known.code().code(), String.valueOf(known.getMessage()));
      return ExitStatus.of(known);
    }
    if (failure instanceof UncheckedIOException) {
      // Nobody reads what is written: that is no fault of the program, and cannot be an event.
      terminal.note("the output cannot be written: " + failure.getMessage());
      return ExitStatus.FAILED;
    }
    tell(json, "ERR_INTERNAL", "unexpected: " + failure);
    return ExitStatus.FAILED;
  }

  private void tell(boolean json, String code, String sentence) {
    terminal.note(sentence);
    if (json) {
      new JsonEvents(terminal.out())
          .emit("error", Members.of("code", code).with("message", sentence));
    }
  }
}
