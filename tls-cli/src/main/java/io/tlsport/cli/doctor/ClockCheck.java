package io.tlsport.cli.doctor;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Whether the clock can be right: every certificate is judged by it. */
final class ClockCheck implements Check {
  private static final String NAME = "clock";

  /** No JDK is used that long, and no root is valid much longer. */
  private static final int YEARS = 20;

  private static final String MEND =
      "set the clock, by NTP best: with a wrong one certificates are expired or not valid yet";

  @Override
  public List<Finding> look(Machine machine) {
    Optional<Instant> released = machine.property("java.version.date").flatMap(ClockCheck::date);
    if (released.isEmpty()) {
      return List.of();
    }
    Instant now = machine.now();
    String day = now.truncatedTo(ChronoUnit.SECONDS).toString();
    if (now.isBefore(released.get())) {
      return List.of(
          Finding.problem(
              NAME,
              List.of(),
              "it is " + day + " here, before this JDK was released (" + released.get() + ")",
              MEND));
    }
    if (now.isAfter(released.get().atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant())) {
      return List.of(
          Finding.problem(
              NAME,
              List.of(),
              "it is " + day + " here, " + YEARS + " years after this JDK was released",
              MEND));
    }
    return List.of(Finding.ok(NAME, day));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException anotherForm) {
      return Optional.empty();
    }
  }
}
